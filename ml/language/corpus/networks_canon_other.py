"""Named architectures that generate, rank, play or combine: “name|other name” and the diagram "
"in spec."""

from __future__ import annotations

OTHER: tuple[tuple[str, str], ...] = (
    (
        "autoencoder|auto-encoder|AE|auto encoder",
        """0 input
1 model Encoder
2 embedding Latent
3 model Decoder
4 output Reconstruction""",
    ),
    (
        "denoising autoencoder|denoising auto-encoder|DAE",
        """0 input
1 process Noise
2 model Encoder
3 embedding Latent
4 model Decoder
5 output Reconstruction""",
    ),
    (
        "VAE|variational autoencoder|variational auto-encoder|vae",
        """0 input
1 model Encoder ->2,3
2 dense Mean ->4
3 dense Variance
4 embedding Latent
5 model Decoder
6 output Reconstruction""",
    ),
    (
        "GAN|generative adversarial network|gan|generative adversarial net",
        """0 input Noise
1 model Generator ->3
2 data Real data
3 model Discriminator
4 output Real or fake""",
    ),
    (
        "conditional GAN|cGAN|conditional generative adversarial network",
        """0 input Noise ->2
1 input Condition ->2,4
2 model Generator ->4
3 data Real data
4 model Discriminator
5 output Real or fake""",
    ),
    (
        "CycleGAN|cyclegan|Cycle GAN",
        """0 input Image A
1 model Generator AB
2 output Image B ->3,5
3 model Generator BA
4 output Reconstruction ->
5 model Discriminator B
6 output Real or fake""",
    ),
    (
        "siamese network|Siamese net|siamese neural network|twin network",
        """0 input Input A ->2
1 input Input B
2 model Encoder
3 process Distance
4 output Similarity""",
    ),
    (
        "two-tower model|two tower network|dual encoder|two-tower recommender|bi-encoder",
        """0 input Query ->2
1 input Item ->3
2 model Query tower ->4
3 model Item tower
4 process Dot product
5 output Score""",
    ),
    (
        "triplet network|triplet net|triplet loss network",
        """0 input Anchor ->3
1 input Positive ->3
2 input Negative
3 model Encoder
4 process Triplet loss""",
    ),
    (
        "diffusion model|DDPM|denoising diffusion model|ddpm",
        """0 input Image
1 process Add noise
2 data Noisy image
3 model U-Net
4 output Predicted noise""",
    ),
    (
        "latent diffusion|latent diffusion model|Stable Diffusion|stable diffusion|LDM",
        """0 input Prompt
1 model Text encoder ->3
2 input Noise
3 model U-Net ->4
4 embedding Latent
5 model VAE decoder
6 output Image""",
    ),
    (
        "DQN|deep Q-network|deep q network|dqn agent",
        """0 input State
1 model Q-network
2 output Q-values
3 process Action
4 model Environment ->0 next state,5 reward
5 store Replay buffer ->1""",
    ),
    (
        "reinforcement learning loop|RL loop|agent-environment loop|reinforcement learning|RL",
        """0 model Agent ->1 action
1 model Environment ->0 reward""",
    ),
    (
        "actor-critic|actor critic|A2C|actor-critic network",
        """0 input State ->1,2
1 model Actor ->3
2 model Critic ->4
3 output Action ->
4 output Value""",
    ),
    (
        "PPO|proximal policy optimization|PPO agent",
        """0 model Policy ->1 action
1 model Environment ->2 reward
2 process Advantage
3 process Clipped update ->0""",
    ),
    (
        "AlphaGo Zero network|AlphaZero network|policy value network|policy-value net",
        """0 input Board state
1 model Residual tower ->2,3
2 model Policy head ->4
3 model Value head ->5
4 output Move probabilities ->
5 output Win probability""",
    ),
    (
        "mixture of experts|MoE|MoE layer|moe|mixture-of-experts layer",
        """0 input ->1,2,3,4
1 model Gate ->5
2 model Expert 1 ->5
3 model Expert 2 ->5
4 model Expert 3
5 process Weighted sum
6 output""",
    ),
    (
        "wide and deep|Wide & Deep|wide and deep model|wide & deep recommender",
        """0 input ->1,2
1 dense Wide ->3
2 model Deep
3 add
4 activation Sigmoid
5 output""",
    ),
    (
        "neural collaborative filtering|NCF|NCF recommender",
        """0 input User ->2
1 input Item ->3
2 embedding User embedding ->4
3 embedding Item embedding
4 add Concat
5 model MLP
6 output Score""",
    ),
    (
        "knowledge distillation|teacher-student distillation|distillation",
        """0 input ->1,2
1 model Teacher ->3
2 model Student
3 process Distillation loss""",
    ),
    (
        "graph neural network|GNN|gcn|GCN",
        """0 input Graph
1 conv Graph conv
2 activation ReLU
3 conv Graph conv
4 pool
5 output""",
    ),
    (
        "random forest|Random Forest|random forest classifier",
        """0 input ->1,2,3
1 model Tree 1 ->4
2 model Tree 2 ->4
3 model Tree 3
4 process Vote
5 output""",
    ),
    (
        "XOR network|XOR net|neural network for XOR|xor perceptron",
        """0 input x2
1 dense x2 Hidden
2 output""",
    ),
    (
        "RLHF|reinforcement learning from human feedback|RLHF training",
        """0 input Prompt
1 model Policy
2 output Answer
3 model Reward model
4 process PPO update ->1""",
    ),
)
