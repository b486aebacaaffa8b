"""DCGAN: one generator pass serves both updates, the discriminator is frozen in the generator's update."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from trainer import FORMATS, Frozen, Trainer, adam, size_of


class Reshape(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(x.shape[0], *self.shape)


def up(a, b):
    return nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False)


def down(a, b, bias=False):
    return nn.Conv2d(a, b, 4, 2, 1, bias=bias)


def generator_of(size, width):
    if size == 28:
        wide = 49 * 2 * width
        return nn.Sequential(
            nn.Linear(100, wide, bias=False), nn.BatchNorm1d(wide), nn.ReLU(), Reshape(2 * width, 7, 7),
            up(2 * width, width), nn.BatchNorm2d(width), nn.ReLU(), up(width, 1), nn.Tanh())
    channels = [k * width for k in (8, 4, 2, 1)]
    layers = [nn.Linear(100, 16 * channels[0], bias=False), Reshape(channels[0], 4, 4)]
    for i, c in enumerate(channels):
        layers += [nn.BatchNorm2d(c), nn.ReLU(), up(c, channels[i + 1] if i < 3 else 3)]
    return nn.Sequential(*layers, nn.Tanh())


def discriminator_of(size, width):
    if size == 28:
        return nn.Sequential(
            down(1, width), nn.LeakyReLU(0.2), down(width, 2 * width), nn.BatchNorm2d(2 * width), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(49 * 2 * width, 1, bias=False))
    inputs, layers = [3] + [k * width for k in (1, 2, 4, 8)], []
    for i in range(4):
        layers.append(down(inputs[i], inputs[i + 1]))
        if i:
            layers.append(nn.BatchNorm2d(inputs[i + 1]))
        layers.append(nn.LeakyReLU(0.2))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * inputs[-1], 1, bias=False))


def start(*networks):
    for network in networks:
        for layer in network.modules():
            if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
                nn.init.normal_(layer.weight, 0, 0.02)


class Dcgan(Trainer):
    def __init__(self, layout, size, batch, width):
        networks = generator_of(size, width), discriminator_of(size, width)
        start(*networks)
        self.format = FORMATS[layout]
        self.g, self.d = (network.to(memory_format=self.format) for network in networks)
        rates = (1e-3 if size == 28 else 2e-4, 2e-4)
        self.adam_g, self.adam_d = (adam(n.parameters(), r, (0.5, 0.999)) for n, r in zip((self.g, self.d), rates))
        self.shape = (batch, 1 if size == 28 else 3, size, size)
        self.sizes = size_of(self.g, self.d)

    def draw(self):
        real = (torch.rand(self.shape) * 2 - 1).to(memory_format=self.format)
        return real, torch.rand(self.shape[0], 100) * 2 - 1

    def advance(self, real, latent):
        self.adam_d.zero_grad(set_to_none=True)
        fake = self.g(latent)
        d_loss = F.softplus(-self.d(real)).mean() + F.softplus(self.d(fake.detach())).mean()
        d_loss.backward()
        self.adam_d.step()
        self.adam_g.zero_grad(set_to_none=True)
        with Frozen(self.d):
            g_loss = F.softplus(-self.d(fake)).mean()
            g_loss.backward()
        self.adam_g.step()
        return d_loss, g_loss
