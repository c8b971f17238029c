"""Named architectures for text and other sequences: “name|other name” and the diagram in spec."""

from __future__ import annotations

SEQUENCES: tuple[tuple[str, str], ...] = (
    (
        "transformer encoder|transformer encoder block|encoder block of a transformer|"
        "transformer encoder layer",
        """0 input ->1,2
1 attention Multi-head attention
2 add
3 norm Layer norm ->4,5
4 model Feed forward
5 add
6 norm Layer norm
7 output""",
    ),
    (
        "transformer decoder block|transformer decoder layer|decoder block of a transformer",
        """0 input ->1,2
1 attention Masked attention
2 add
3 norm Layer norm ->4,5
4 attention Cross-attention
5 add
6 norm Layer norm ->7,8
7 model Feed forward
8 add
9 norm Layer norm
10 output""",
    ),
    (
        "transformer|Transformer|transformer network|encoder-decoder transformer|vanilla "
        "transformer",
        """0 input Source tokens
1 embedding
2 process Positional encoding
3 model Encoder x6 ->7
4 input Target tokens
5 embedding
6 process Positional encoding
7 model Decoder x6
8 dense
9 activation Softmax
10 output""",
    ),
    (
        "self-attention|self attention|scaled dot-product attention|attention mechanism",
        """0 input ->1,2,3
1 dense Query ->4
2 dense Key ->4
3 dense Value ->6
4 process Dot product
5 activation Softmax
6 process Weighted sum
7 output""",
    ),
    (
        "multi-head attention|multihead attention|multi head attention",
        """0 input ->1,2,3
1 dense Query ->4
2 dense Key ->4
3 dense Value
4 attention Attention heads
5 add Concat
6 dense
7 output""",
    ),
    (
        "BERT|bert|BERT encoder|BERT classifier",
        """0 input Tokens
1 embedding
2 model Transformer block x12
3 dense Pooler
4 output Class""",
    ),
    (
        "GPT|gpt|decoder-only transformer|GPT-2|decoder only LLM|GPT style LLM",
        """0 input Tokens
1 embedding
2 process Positional encoding
3 model Transformer block x12
4 norm Layer norm
5 dense
6 activation Softmax
7 output Next token""",
    ),
    (
        "GPT block|GPT-2 block|decoder-only transformer block",
        """0 input ->1,3
1 norm Layer norm
2 attention Masked attention
3 add ->4,6
4 norm Layer norm
5 model Feed forward
6 add
7 output""",
    ),
    (
        "T5|t5|text-to-text transformer",
        """0 input Input text
1 model Encoder ->3
2 input Target text
3 model Decoder
4 output Output text""",
    ),
    (
        "seq2seq|seq2seq model|sequence to sequence model|encoder-decoder RNN",
        """0 input Source
1 embedding
2 recurrent Encoder ->3
3 embedding Context
4 recurrent Decoder
5 activation Softmax
6 output Target""",
    ),
    (
        "seq2seq with attention|attention seq2seq|encoder-decoder with attention|Bahdanau "
        "attention model",
        """0 input Source
1 embedding
2 recurrent Encoder ->3,4
3 attention ->4
4 recurrent Decoder
5 activation Softmax
6 output Target""",
    ),
    (
        "LSTM cell|lstm cell|LSTM unit|inside of an LSTM",
        """0 input ->2,3,4,5
1 input Hidden state ->2,3,4,5
2 activation Forget gate ->6
3 activation Input gate ->6
4 activation Candidate ->6
5 activation Output gate ->7
6 store Cell state
7 output Hidden state""",
    ),
    (
        "GRU cell|gru cell|GRU unit|inside of a GRU",
        """0 input ->2,3
1 input Hidden state ->2,3
2 activation Reset gate ->4
3 activation Update gate ->5
4 activation Candidate
5 output New hidden state""",
    ),
    (
        "RNN|recurrent neural network|simple RNN|vanilla RNN",
        """0 input
1 recurrent RNN
2 output""",
    ),
    (
        "LSTM network|LSTM|lstm model|lstm network",
        """0 input
1 recurrent LSTM
2 dense
3 output""",
    ),
    (
        "BiLSTM-CRF|bilstm crf|BiLSTM CRF tagger",
        """0 input Words
1 embedding
2 recurrent BiLSTM
3 dense
4 model CRF
5 output Tags""",
    ),
    (
        "word2vec|skip-gram|word2vec skip-gram|skipgram model",
        """0 input Word
1 embedding
2 activation Softmax
3 output Context words""",
    ),
    (
        "CBOW|continuous bag of words|word2vec CBOW",
        """0 input Context words
1 embedding
2 process Average
3 activation Softmax
4 output Word""",
    ),
    (
        "Whisper|whisper model|OpenAI Whisper",
        """0 input Audio
1 process Spectrogram
2 conv
3 model Encoder
4 model Decoder
5 output Text""",
    ),
    (
        "wav2vec|wav2vec 2.0|wav2vec2",
        """0 input Waveform
1 conv Feature encoder
2 model Transformer
3 output Representation""",
    ),
    (
        "LoRA|LoRA layer|low-rank adaptation",
        """0 input ->1,2
1 dense Frozen weights ->4
2 dense Down projection
3 dense Up projection
4 add
5 output""",
    ),
)
