"""SN-GAN's residual networks for 32 pixels (Miyato et al. 2018), hinge loss, spectral norm in the discriminator."""

import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.nn.utils.parametrize as parametrize
from torch.nn.utils.parametrizations import spectral_norm

from trainer import FORMATS, Frozen, Trainer, adam, size_of


class Up(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)
        self.conv1, self.conv2 = (nn.Conv2d(width, width, 3, 1, 1) for _ in range(2))
        self.skip = nn.Conv2d(width, width, 1)

    def forward(self, x):
        y = self.conv1(F.interpolate(F.relu(self.norm1(x)), scale_factor=2))
        return self.conv2(F.relu(self.norm2(y))) + F.interpolate(self.skip(x), scale_factor=2)


class Generator(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.width = width
        self.dense = nn.Linear(128, 16 * width)
        self.blocks = nn.Sequential(*[Up(width) for _ in range(3)])
        self.norm = nn.BatchNorm2d(width)
        self.last = nn.Conv2d(width, 3, 3, 1, 1)

    def forward(self, z):
        x = self.blocks(self.dense(z).reshape(-1, self.width, 4, 4))
        return torch.tanh(self.last(F.relu(self.norm(x))))


def conv(a, b, kernel):
    return spectral_norm(nn.Conv2d(a, b, kernel, 1, kernel // 2))


class Down(nn.Module):
    def __init__(self, channels, width, first=False, smaller=True):
        super().__init__()
        self.first, self.smaller = first, smaller
        self.conv1, self.conv2 = conv(channels, width, 3), conv(width, width, 3)
        self.skip = conv(channels, width, 1) if smaller else None

    def forward(self, x):
        y = self.conv2(F.relu(self.conv1(x if self.first else F.relu(x))))
        if not self.smaller:
            return y + x
        return F.avg_pool2d(y, 2) + self.skip(F.avg_pool2d(x, 2))


class Discriminator(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.blocks = nn.Sequential(
            Down(3, width, first=True), Down(width, width), Down(width, width, smaller=False),
            Down(width, width, smaller=False))
        self.dense = spectral_norm(nn.Linear(width, 1))

    def forward(self, x):
        return self.dense(F.relu(self.blocks(x)).sum((2, 3)))


class Resnet32(Trainer):
    def __init__(self, layout, batch, width):
        self.format = FORMATS[layout]
        self.g, self.d = (n(width).to(memory_format=self.format) for n in (Generator, Discriminator))
        self.adam_g, self.adam_d = (adam(n.parameters(), 2e-4, (0.0, 0.9)) for n in (self.g, self.d))
        self.shape = (batch, 3, 32, 32)
        self.sizes = size_of(self.g, self.d)

    def draw(self):
        real = (torch.rand(self.shape) * 2 - 1).to(memory_format=self.format)
        return real, torch.randn(self.shape[0], 128)

    def advance(self, real, latent):
        self.adam_d.zero_grad(set_to_none=True)
        fake = self.g(latent)
        with parametrize.cached():  # one power iteration serves both passes
            d_loss = F.relu(1 - self.d(real)).mean() + F.relu(1 + self.d(fake.detach())).mean()
            d_loss.backward()
        self.adam_d.step()
        self.adam_g.zero_grad(set_to_none=True)
        with Frozen(self.d), parametrize.cached():
            g_loss = -self.d(fake).mean()
            g_loss.backward()
        self.adam_g.step()
        return d_loss, g_loss
