"""Named architectures for images: “name|other name” and the diagram in spec."""

from __future__ import annotations

VISION: tuple[tuple[str, str], ...] = (
    (
        "LeNet|LeNet-5|lenet5|LeNet 5",
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
        "AlexNet|alexnet|Alex Net",
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
        "VGG|VGG-16|VGG16|vgg16|VGGNet",
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
        "ResNet|resnet|ResNet-18|residual network|ResNet18|ResNet architecture",
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
        "residual block|ResNet block|resnet block|res block|basic residual block",
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
        "U-Net|UNet|u-net|unet|U Net",
        """0 input Image
1 model Encoder 1 ->2,7
2 model Encoder 2 ->3,6
3 model Encoder 3 ->4,5
4 model Bottleneck
5 model Decoder 3
6 model Decoder 2
7 model Decoder 1
8 output Mask""",
    ),
    (
        "inception module|inception block|GoogLeNet inception module|Inception module",
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
        "squeeze-and-excitation block|SE block|squeeze and excitation block",
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
        "depthwise separable convolution|depthwise separable conv|MobileNet block",
        """0 input
1 conv Depthwise conv 3x3
2 norm Batch norm
3 activation ReLU
4 conv Conv 1x1
5 norm Batch norm
6 activation ReLU""",
    ),
    (
        "DenseNet block|densenet block|dense block of DenseNet",
        """0 input ->1,2,3,4
1 conv ->2,3,4
2 conv ->3,4
3 conv ->4
4 add Concat""",
    ),
    (
        "ViT|vision transformer|vit|Vision Transformer",
        """0 input Image
1 process Patches
2 embedding Patch embedding
3 process Positional encoding
4 model Transformer block x12
5 model MLP head
6 output Class""",
    ),
    (
        "CLIP|clip|CLIP model|OpenAI CLIP",
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
        "Swin transformer|swin|Swin",
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
        "Faster R-CNN|faster rcnn|Faster RCNN",
        """0 input Image
1 model Backbone ->2,3
2 model Region proposals
3 pool RoI pool ->4,5
4 output Class ->
5 output Box""",
    ),
    (
        "Mask R-CNN|mask rcnn|Mask RCNN",
        """0 input Image
1 model Backbone ->2,3
2 model Region proposals
3 pool RoI align ->4,5,6
4 output Class ->
5 output Box ->
6 output Mask""",
    ),
    (
        "YOLO|yolo|YOLO detector|yolov8",
        """0 input Image
1 model Backbone
2 model Neck
3 model Head ->4,5
4 output Boxes ->
5 output Classes""",
    ),
    (
        "feature pyramid network|FPN|fpn",
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
        "DETR|detr|detection transformer",
        """0 input Image
1 model Backbone
2 model Encoder ->4
3 input Object queries
4 model Decoder ->5,6
5 output Classes ->
6 output Boxes""",
    ),
    (
        "SimCLR|simclr|contrastive learning setup",
        """0 input Image ->1,2
1 process Augmentation 1 ->3
2 process Augmentation 2
3 model Encoder
4 dense Projection
5 process Contrastive loss""",
    ),
    (
        "PointNet|pointnet",
        """0 input Point cloud
1 model Shared MLP
2 pool Max pool
3 dense
4 output Class""",
    ),
    (
        "NeRF|nerf|neural radiance field",
        """0 input Position ->1
1 process Positional encoding ->3
2 input View direction
3 model MLP ->4,5
4 output Density ->
5 output Colour""",
    ),
)
