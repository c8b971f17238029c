"""Vocabulary of the network families: what people call things around and inside a network."""

from __future__ import annotations

from ml.spec.model import Kind

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen", "twenty",
)  # fmt: skip

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

ACTIVATIONS = {
    "ReLU": ("relu", "ReLU", "RELU", "Relu"),
    "Tanh": ("tanh", "Tanh"),
    "Sigmoid": ("sigmoid", "Sigmoid"),
    "GELU": ("gelu", "GELU"),
    "Leaky ReLU": ("leaky relu", "leaky ReLU", "Leaky ReLU"),
    "ELU": ("elu", "ELU"),
    "SELU": ("selu", "SELU"),
    "SiLU": ("silu", "SiLU"),
    "Swish": ("swish", "Swish"),
    "Mish": ("mish", "Mish"),
    "Softplus": ("softplus",),
}
"""Label → ways it is written. Softmax is apart: it belongs to outputs."""

DOMAINS = (
    "churn", "fraud", "credit", "weather", "house price", "iris", "wine", "MNIST", "spam",
    "sentiment", "stock", "sensor", "ECG", "EEG", "x-ray", "crop", "traffic", "energy",
    "demand", "click", "ad", "music", "speech", "handwriting", "face", "defect", "robot",
    "drone", "chess", "Go", "poker", "battery", "solar", "wind", "protein", "molecule",
    "genome", "tumour", "diabetes", "heart", "sleep", "gesture", "lip reading", "plate",
    "invoice", "receipt", "resume", "essay", "news", "tweet", "review", "ticket", "support",
    "warehouse", "delivery", "pricing", "insurance", "loan", "tax", "sports", "football",
    "bird song", "whale", "galaxy", "telescope", "satellite", "road sign", "parking",
    "elevator", "pump", "turbine", "welding", "steel", "textile", "coffee", "recipe", "tea",
)  # fmt: skip

CONTEXT_HEADS = (
    "model", "project", "task", "prototype", "demo", "predictor", "classifier", "detector",
    "assignment", "experiment", "team", "paper", "app", "use case", "dataset", "data",
)  # fmt: skip

PLACES = (
    "my slides", "the slides", "a lecture", "my thesis", "the paper", "a blog post", "our wiki",
    "the README", "the report", "my homework", "a talk", "the team meeting", "a poster",
    "my students", "class tomorrow", "the docs", "our standup", "an interview", "a tutorial",
    "my notes", "the kickoff", "a handout", "a workshop", "chapter 3", "lab 2", "the appendix",
)  # fmt: skip

INPUT_NAMES = (
    "features", "pixels", "sensor values", "tokens", "signals", "coordinates", "joint angles",
    "word vector", "raw data", "measurements", "board state", "spectrum", "user profile",
    "lab results", "indicators", "ratings", "x", "state", "observation", "patient data",
    "temperatures", "log counts", "bag of words", "MFCCs", "genes", "survey answers",
)  # fmt: skip

HIDDEN_NAMES = (
    "hidden", "encoder layer", "mixing layer", "feature layer", "reduction", "expansion",
    "middle", "body", "trunk", "compress", "h1", "h2", "layer A", "layer B", "projection",
    "context layer", "shared layer", "filter bank", "abstraction", "fusion layer", "squeeze",
)  # fmt: skip

OUTPUT_NAMES = (
    "classes", "price", "score", "prediction", "probabilities", "action", "risk", "label",
    "churn or not", "digits", "species", "logits", "y", "q-values", "steering angle",
    "emotion", "intent", "demand", "diagnosis", "yes or no", "class scores", "forecast",
    "rating", "genre", "language", "grade", "next move", "torque", "sentiment",
)  # fmt: skip

SYLLABLES = (
    "zor", "bla", "qui", "nex", "ta", "vel", "mi", "ro", "ka", "lum", "fen", "dra", "sy", "pho",
    "gri", "lo", "mar", "vin", "xen", "bo", "tri", "cu", "na", "pel", "sto", "wex", "ju", "hal",
    "ori", "emb", "ska", "thu", "yal", "zen", "plo", "fri", "gam", "del", "rho", "kip",
)  # fmt: skip

MODIFIERS = (
    "gated", "shared", "frozen", "sparse", "local", "global", "temporal", "spatial", "deep",
    "shallow", "adaptive", "causal", "masked", "pretrained", "coarse", "fine", "dual", "cross",
    "fast", "slow", "graph", "audio", "text", "visual", "speech", "edge", "depth", "motion",
    "user", "item", "query", "context", "style", "content", "noise", "memory", "fusion",
    "channel", "patch", "frame", "token", "word", "char", "pose", "region", "scene", "track",
)  # fmt: skip

BLOCK_NOUNS = (
    "block", "module", "encoder", "decoder", "backbone", "head", "tower", "network", "branch",
    "stem", "expert", "trunk", "stage", "cell", "adapter", "extractor", "classifier",
)  # fmt: skip
"""A named thing that ends in one of these is of kind model."""

STEP_NOUNS = (
    "projection", "fusion", "gate", "router", "scaling", "alignment", "sampler", "filter",
    "masking", "shuffle", "resampling", "matching", "fold", "shift", "warp", "crop", "mixer",
)  # fmt: skip
"""A named thing that ends in one of these is of kind process."""

TYPOS = {
    "hidden": ("hiden", "hiddn", "hidde", "hidddn"),
    "layer": ("layr", "leyer", "laye"),
    "layers": ("layes", "layrs", "leyers", "layerrs"),
    "neurons": ("nuerons", "neuron", "neurones", "neurns"),
    "nodes": ("node", "ndoes", "nods"),
    "units": ("unit", "untis"),
    "network": ("netwrok", "newtork", "nework", "netowrk"),
    "neural": ("nueral", "neurl", "nural"),
    "input": ("inptu", "imput", "inpt"),
    "inputs": ("inptus", "imputs", "inpts"),
    "output": ("outptu", "ouput", "outpt"),
    "outputs": ("ouputs", "outpus", "outptus"),
    "convolutional": ("convolutinal", "convultional", "convlutional"),
    "pooling": ("poolng", "poling"),
    "connected": ("conected", "conneted"),
    "fully": ("fuly", "fullly"),
    "diagram": ("diagramm", "digram", "diagarm"),
    "draw": ("drwa", "darw"),
    "please": ("plese", "pleas", "plase"),
    "with": ("wiht", "wth", "whit"),
    "then": ("thn", "hten", "than"),
    "and": ("adn", "nad"),
    "followed": ("folowed", "follwed"),
    "intermediate": ("intermidiate", "intermeditate"),
    "classes": ("clases", "classe"),
    "features": ("featurs", "fetures"),
}

LANGUAGES = (
    "English sentence", "French sentence", "German text", "Korean text", "Japanese sentence",
    "source sentence", "target sentence", "Spanish translation", "Italian words", "Latin text",
    "English words", "Hindi sentence", "Arabic text", "Swahili translation", "Python code",
    "SQL query", "Polish sentence", "Dutch text", "Turkish words", "Greek sentence",
)  # fmt: skip

WORDS_IN = (
    "tokens", "text", "question", "article", "sentence", "summary", "answer", "speech", "prompt",
    "document", "reply", "dialogue", "melody", "DNA", "protein sequence", "log lines", "notes",
    "image patches", "code", "review", "email", "headline", "paragraph", "transcript", "query",
    "word ids", "characters", "events", "source tokens", "target tokens", "time steps", "chat",
)  # fmt: skip

KNOWN_BLOCKS = (
    ("backbone", Kind.MODEL), ("neck", Kind.MODEL), ("head", Kind.MODEL), ("stem", Kind.MODEL),
    ("encoder", Kind.MODEL), ("decoder", Kind.MODEL), ("classifier", Kind.MODEL),
    ("feature extractor", Kind.MODEL), ("ResNet-50", Kind.MODEL), ("BERT", Kind.MODEL),
    ("DistilBERT", Kind.MODEL), ("EfficientNet", Kind.MODEL), ("ViT-B/16", Kind.MODEL),
    ("MobileNetV2", Kind.MODEL), ("CLIP encoder", Kind.MODEL), ("FPN", Kind.MODEL),
    ("CRF", Kind.MODEL), ("MLP", Kind.MODEL), ("CNN", Kind.MODEL), ("U-Net", Kind.MODEL),
    ("feed forward", Kind.MODEL), ("feedforward", Kind.MODEL), ("feed-forward", Kind.MODEL),
    ("FFN", Kind.MODEL), ("upsample", Kind.PROCESS), ("upsampling", Kind.PROCESS),
    ("tokenizer", Kind.PROCESS), ("RoI align", Kind.POOL), ("pooler", Kind.DENSE),
    ("vocoder", Kind.MODEL), ("beam search", Kind.PROCESS), ("patchify", Kind.PROCESS),
    ("data augmentation", Kind.PROCESS), ("normalization", Kind.NORM), ("GCN", Kind.MODEL),
    ("squeeze-and-excitation", Kind.MODEL), ("ConvNeXt", Kind.MODEL), ("Whisper", Kind.MODEL),
    ("T5", Kind.MODEL), ("region proposals", Kind.MODEL), ("NMS", Kind.PROCESS),
    ("spectrogram", Kind.PROCESS), ("feature map", Kind.DATA), ("codebook", Kind.STORE),
    ("memory bank", Kind.STORE), ("vector quantizer", Kind.PROCESS), ("masking", Kind.PROCESS),
    ("RMSNorm", Kind.NORM), ("SwiGLU", Kind.ACTIVATION), ("temporal pooling", Kind.POOL),
    ("graph attention", Kind.ATTENTION), ("local response norm", Kind.NORM), ("S4 layer",
    Kind.MODEL),
    ("Mamba block", Kind.MODEL), ("bottleneck", Kind.MODEL), ("projection head", Kind.MODEL),
    ("linear probe", Kind.DENSE), ("detector", Kind.MODEL), ("tracker", Kind.MODEL),
    ("reranker", Kind.MODEL), ("value network", Kind.MODEL), ("policy network", Kind.MODEL),
)  # fmt: skip
"""Blocks that people know by name, and their kinds."""
