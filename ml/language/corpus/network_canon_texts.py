"""The named architectures: their names and their diagrams in the spec dialect."""

from __future__ import annotations

CANON: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        ("LeNet", "LeNet-5", "lenet5", "LeNet 5"),
        """0 input Image 32x32
1 conv Conv 5x5, 6
2 pool Avg pool 2x2
3 conv Conv 5x5, 16
4 pool Avg pool 2x2
5 dense x120
6 dense x84
7 output x10""",
    ),
    (
        ("AlexNet", "alexnet", "Alex Net"),
        """0 input Image 227x227x3
1 conv Conv 11x11, 96
2 pool Max pool 3x3
3 conv Conv 5x5, 256
4 pool Max pool 3x3
5 conv Conv 3x3, 384
6 conv Conv 3x3, 384
7 conv Conv 3x3, 256
8 pool Max pool 3x3
9 dense x4096
10 dense x4096
11 output x1000""",
    ),
    (
        ("VGG", "VGG-16", "VGG16", "vgg16", "VGGNet"),
        """0 input Image 224x224x3
1 conv Conv 3x3, 64
2 conv Conv 3x3, 64
3 pool Max pool 2x2
4 conv Conv 3x3, 128
5 conv Conv 3x3, 128
6 pool Max pool 2x2
7 conv Conv 3x3, 256
8 conv Conv 3x3, 256
9 conv Conv 3x3, 256
10 pool Max pool 2x2
11 conv Conv 3x3, 512
12 conv Conv 3x3, 512
13 conv Conv 3x3, 512
14 pool Max pool 2x2
15 conv Conv 3x3, 512
16 conv Conv 3x3, 512
17 conv Conv 3x3, 512
18 pool Max pool 2x2
19 dense x4096
20 dense x4096
21 output x1000""",
    ),
    (
        ("ResNet", "resnet", "ResNet-18", "residual network", "ResNet18", "ResNet architecture"),
        """0 input Image 224x224x3
1 conv Conv 7x7, 64
2 pool Max pool 3x3
3 model Residual block x2
4 model Residual block x2
5 model Residual block x2
6 model Residual block x2
7 pool Global avg pool
8 output x1000""",
    ),
    (
        ("residual block", "ResNet block", "resnet block", "res block", "basic residual block"),
        """0 input ->1,6
1 conv Conv 3x3
2 norm Batch norm
3 activation ReLU
4 conv Conv 3x3
5 norm Batch norm
6 add
7 activation ReLU""",
    ),
    (
        ("U-Net", "UNet", "u-net", "unet", "U Net"),
        """0 input Image
1 conv Encoder 1 ->2,7
2 conv Encoder 2 ->3,6
3 conv Encoder 3 ->4,5
4 conv Bottleneck
5 conv Decoder 3
6 conv Decoder 2
7 conv Decoder 1
8 output Mask""",
    ),
    (
        ("autoencoder", "auto-encoder", "AE", "auto encoder"),
        """0 input
1 model Encoder
2 embedding Latent
3 model Decoder
4 output Reconstruction""",
    ),
    (
        ("denoising autoencoder", "denoising auto-encoder", "DAE"),
        """0 input
1 process Noise
2 model Encoder
3 embedding Latent
4 model Decoder
5 output Reconstruction""",
    ),
    (
        ("VAE", "variational autoencoder", "variational auto-encoder", "vae"),
        """0 input
1 model Encoder ->2,3
2 dense Mean ->4
3 dense Variance
4 embedding Latent
5 model Decoder
6 output Reconstruction""",
    ),
    (
        ("GAN", "generative adversarial network", "gan", "generative adversarial net"),
        """0 input Noise
1 model Generator ->3
2 data Real data
3 model Discriminator
4 output Real or fake""",
    ),
    (
        ("conditional GAN", "cGAN", "conditional generative adversarial network"),
        """0 input Noise ->2
1 input Condition ->2,4
2 model Generator ->4
3 data Real data
4 model Discriminator
5 output Real or fake""",
    ),
    (
        ("CycleGAN", "cyclegan", "Cycle GAN"),
        """0 input Image A
1 model Generator AB
2 output Image B ->3,5
3 model Generator BA
4 output Reconstruction ->
5 model Discriminator B
6 output Real or fake""",
    ),
    (
        ("siamese network", "Siamese net", "siamese neural network", "twin network"),
        """0 input Input A ->2
1 input Input B ->3
2 model Encoder ->4
3 model Encoder
4 process Distance
5 output Similarity""",
    ),
    (
        (
            "two-tower model",
            "two tower network",
            "dual encoder",
            "two-tower recommender",
            "bi-encoder",
        ),
        """0 input Query ->2
1 input Item ->3
2 model Query tower ->4
3 model Item tower
4 process Dot product
5 output Score""",
    ),
    (
        ("triplet network", "triplet net", "triplet loss network"),
        """0 input Anchor ->3
1 input Positive ->4
2 input Negative ->5
3 model Encoder ->6
4 model Encoder ->6
5 model Encoder
6 process Triplet loss""",
    ),
    (
        ("inception module", "inception block", "GoogLeNet inception module", "Inception module"),
        """0 input ->1,2,4,6
1 conv Conv 1x1 ->8
2 conv Conv 1x1
3 conv Conv 3x3 ->8
4 conv Conv 1x1
5 conv Conv 5x5 ->8
6 pool Max pool 3x3
7 conv Conv 1x1
8 add Concat""",
    ),
    (
        ("squeeze-and-excitation block", "SE block", "squeeze and excitation block"),
        """0 input ->1,6
1 pool Global avg pool
2 dense
3 activation ReLU
4 dense
5 activation Sigmoid
6 process Scale
7 output""",
    ),
    (
        ("depthwise separable convolution", "depthwise separable conv", "MobileNet block"),
        """0 input
1 conv Depthwise conv 3x3
2 norm Batch norm
3 activation ReLU
4 conv Conv 1x1
5 norm Batch norm
6 activation ReLU""",
    ),
    (
        ("DenseNet block", "densenet block", "dense block of DenseNet"),
        """0 input ->1,2,3,4
1 conv ->2,3,4
2 conv ->3,4
3 conv ->4
4 add Concat""",
    ),
    (
        (
            "transformer encoder",
            "transformer encoder block",
            "encoder block of a transformer",
            "transformer encoder layer",
        ),
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
        (
            "transformer decoder block",
            "transformer decoder layer",
            "decoder block of a transformer",
        ),
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
        (
            "transformer",
            "Transformer",
            "transformer network",
            "encoder-decoder transformer",
            "vanilla transformer",
        ),
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
        ("self-attention", "self attention", "scaled dot-product attention", "attention mechanism"),
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
        ("multi-head attention", "multihead attention", "multi head attention"),
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
        ("BERT", "bert", "BERT encoder", "BERT classifier"),
        """0 input Tokens
1 embedding
2 model Transformer block x12
3 dense Pooler
4 output Class""",
    ),
    (
        ("GPT", "gpt", "decoder-only transformer", "GPT-2", "decoder only LLM", "GPT style LLM"),
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
        ("GPT block", "GPT-2 block", "decoder-only transformer block"),
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
        ("T5", "t5", "text-to-text transformer"),
        """0 input Input text
1 model Encoder ->3
2 input Target text
3 model Decoder
4 output Output text""",
    ),
    (
        ("ViT", "vision transformer", "vit", "Vision Transformer"),
        """0 input Image
1 process Patches
2 embedding Patch embedding
3 process Positional encoding
4 model Transformer block x12
5 dense MLP head
6 output Class""",
    ),
    (
        ("CLIP", "clip", "CLIP model", "OpenAI CLIP"),
        """0 input Image ->2
1 input Text ->3
2 model Image encoder ->4
3 model Text encoder ->5
4 embedding Image embedding ->6
5 embedding Text embedding
6 process Cosine similarity
7 output Score""",
    ),
    (
        ("Swin transformer", "swin", "Swin"),
        """0 input Image
1 process Patches
2 embedding Patch embedding
3 model Swin block x2
4 process Patch merging
5 model Swin block x2
6 process Patch merging
7 model Swin block x6
8 process Patch merging
9 model Swin block x2
10 output Class""",
    ),
    (
        ("diffusion model", "DDPM", "denoising diffusion model", "ddpm"),
        """0 input Image
1 process Add noise
2 data Noisy image
3 model U-Net
4 output Predicted noise""",
    ),
    (
        (
            "latent diffusion",
            "latent diffusion model",
            "Stable Diffusion",
            "stable diffusion",
            "LDM",
        ),
        """0 input Prompt
1 model Text encoder ->3
2 input Noise
3 model U-Net ->4
4 embedding Latent
5 model VAE decoder
6 output Image""",
    ),
    (
        ("seq2seq", "seq2seq model", "sequence to sequence model", "encoder-decoder RNN"),
        """0 input Source
1 embedding
2 recurrent Encoder ->3
3 embedding Context
4 recurrent Decoder
5 activation Softmax
6 output Target""",
    ),
    (
        (
            "seq2seq with attention",
            "attention seq2seq",
            "encoder-decoder with attention",
            "Bahdanau attention model",
        ),
        """0 input Source
1 embedding
2 recurrent Encoder ->3,4
3 attention ->4
4 recurrent Decoder
5 activation Softmax
6 output Target""",
    ),
    (
        ("LSTM cell", "lstm cell", "LSTM unit", "inside of an LSTM"),
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
        ("GRU cell", "gru cell", "GRU unit", "inside of a GRU"),
        """0 input ->2,3
1 input Hidden state ->2,3
2 activation Reset gate ->4
3 activation Update gate ->5
4 activation Candidate
5 output New hidden state""",
    ),
    (
        ("RNN", "recurrent neural network", "simple RNN", "vanilla RNN"),
        """0 input
1 recurrent RNN
2 output""",
    ),
    (
        ("LSTM network", "LSTM", "lstm model", "lstm network"),
        """0 input
1 recurrent LSTM
2 dense
3 output""",
    ),
    (
        ("BiLSTM-CRF", "bilstm crf", "BiLSTM CRF tagger"),
        """0 input Words
1 embedding
2 recurrent BiLSTM
3 dense
4 model CRF
5 output Tags""",
    ),
    (
        ("word2vec", "skip-gram", "word2vec skip-gram", "skipgram model"),
        """0 input Word
1 embedding
2 activation Softmax
3 output Context words""",
    ),
    (
        ("CBOW", "continuous bag of words", "word2vec CBOW"),
        """0 input Context words
1 embedding
2 process Average
3 activation Softmax
4 output Word""",
    ),
    (
        ("DQN", "deep Q-network", "deep q network", "dqn agent"),
        """0 input State
1 model Q-network
2 output Q-values
3 process Action
4 model Environment ->0 next state,5 reward
5 store Replay buffer ->1""",
    ),
    (
        (
            "reinforcement learning loop",
            "RL loop",
            "agent-environment loop",
            "reinforcement learning",
            "RL",
        ),
        """0 model Agent ->1 action
1 model Environment ->0 reward""",
    ),
    (
        ("actor-critic", "actor critic", "A2C", "actor-critic network"),
        """0 input State ->1,2
1 model Actor ->3
2 model Critic ->4
3 output Action ->
4 output Value""",
    ),
    (
        ("PPO", "proximal policy optimization", "PPO agent"),
        """0 model Policy ->1 action
1 model Environment ->2 reward
2 process Advantage
3 process Clipped update ->0""",
    ),
    (
        ("AlphaGo Zero network", "AlphaZero network", "policy value network", "policy-value net"),
        """0 input Board state
1 model Residual tower ->2,3
2 model Policy head ->4
3 model Value head ->5
4 output Move probabilities ->
5 output Win probability""",
    ),
    (
        ("mixture of experts", "MoE", "MoE layer", "moe", "mixture-of-experts layer"),
        """0 input ->1,2,3,4
1 model Gate ->5
2 model Expert 1 ->5
3 model Expert 2 ->5
4 model Expert 3
5 process Weighted sum
6 output""",
    ),
    (
        ("Faster R-CNN", "faster rcnn", "Faster RCNN"),
        """0 input Image
1 model Backbone ->2,3
2 model Region proposals
3 pool RoI pool ->4,5
4 output Class ->
5 output Box""",
    ),
    (
        ("Mask R-CNN", "mask rcnn", "Mask RCNN"),
        """0 input Image
1 model Backbone ->2,3
2 model Region proposals
3 pool RoI align ->4,5,6
4 output Class ->
5 output Box ->
6 output Mask""",
    ),
    (
        ("YOLO", "yolo", "YOLO detector", "yolov8"),
        """0 input Image
1 model Backbone
2 model Neck
3 model Head ->4,5
4 output Boxes ->
5 output Classes""",
    ),
    (
        ("feature pyramid network", "FPN", "fpn"),
        """0 input Image
1 conv C3 ->2,6
2 conv C4 ->3,5
3 conv C5
4 conv P5 ->5,7
5 conv P4 ->6,7
6 conv P3
7 output Predictions""",
    ),
    (
        ("DETR", "detr", "detection transformer"),
        """0 input Image
1 model Backbone
2 model Encoder ->4
3 input Object queries
4 model Decoder ->5,6
5 output Classes ->
6 output Boxes""",
    ),
    (
        ("Whisper", "whisper model", "OpenAI Whisper"),
        """0 input Audio
1 process Spectrogram
2 conv
3 model Encoder
4 model Decoder
5 output Text""",
    ),
    (
        ("wav2vec", "wav2vec 2.0", "wav2vec2"),
        """0 input Waveform
1 conv Feature encoder
2 model Transformer
3 output Representation""",
    ),
    (
        ("SimCLR", "simclr", "contrastive learning setup"),
        """0 input Image ->1,2
1 process Augmentation 1 ->3
2 process Augmentation 2 ->4
3 model Encoder ->5
4 model Encoder ->6
5 dense Projection ->7
6 dense Projection
7 process Contrastive loss""",
    ),
    (
        ("wide and deep", "Wide & Deep", "wide and deep model", "wide & deep recommender"),
        """0 input ->1,2
1 dense Wide ->3
2 model Deep
3 add
4 activation Sigmoid
5 output""",
    ),
    (
        ("neural collaborative filtering", "NCF", "NCF recommender"),
        """0 input User ->2
1 input Item ->3
2 embedding User embedding ->4
3 embedding Item embedding
4 add Concat
5 model MLP
6 output Score""",
    ),
    (
        ("knowledge distillation", "teacher-student distillation", "distillation"),
        """0 input ->1,2
1 model Teacher ->3
2 model Student
3 process Distillation loss""",
    ),
    (
        ("LoRA", "LoRA layer", "low-rank adaptation"),
        """0 input ->1,2
1 dense Frozen weights ->4
2 dense Down projection
3 dense Up projection
4 add
5 output""",
    ),
    (
        ("graph neural network", "GNN", "gcn", "GCN"),
        """0 input Graph
1 conv Graph conv
2 activation ReLU
3 conv Graph conv
4 pool
5 output""",
    ),
    (
        ("PointNet", "pointnet"),
        """0 input Point cloud
1 model Shared MLP
2 pool Max pool
3 dense
4 output Class""",
    ),
    (
        ("NeRF", "nerf", "neural radiance field"),
        """0 input Position ->1
1 process Positional encoding ->3
2 input View direction
3 model MLP ->4,5
4 output Density ->
5 output Colour""",
    ),
    (
        ("random forest", "Random Forest", "random forest classifier"),
        """0 input ->1,2,3
1 model Tree 1 ->4
2 model Tree 2 ->4
3 model Tree 3
4 process Vote
5 output""",
    ),
    (
        ("XOR network", "XOR net", "neural network for XOR", "xor perceptron"),
        """0 input x2
1 dense x2 Hidden
2 output""",
    ),
    (
        ("RLHF", "reinforcement learning from human feedback", "RLHF training"),
        """0 input Prompt
1 model Policy
2 output Answer
3 model Reward model
4 process PPO update ->1""",
    ),
)
