"""WGAN-GP on DCGAN's networks without batch norm in the critic: the penalty is differentiated twice."""

import torch
import torch.nn as nn

from dcgan import down, generator_of, start
from trainer import FORMATS, Frozen, Trainer, adam, size_of


class WganGp(Trainer):
    def __init__(self, layout, batch, width):
        critic = nn.Sequential(
            down(1, width, True), nn.LeakyReLU(0.2), down(width, 2 * width, True), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(49 * 2 * width, 1))
        networks = generator_of(28, width), critic
        start(*networks)
        self.format = FORMATS[layout]
        self.g, self.d = (network.to(memory_format=self.format) for network in networks)
        self.adam_g, self.adam_d = (adam(n.parameters(), 1e-4, (0.0, 0.9)) for n in (self.g, self.d))
        self.shape = (batch, 1, 28, 28)
        self.sizes = size_of(self.g, self.d)

    def draw(self):
        real = (torch.rand(self.shape) * 2 - 1).to(memory_format=self.format)
        return real, torch.randn(self.shape[0], 100), torch.rand(self.shape[0], 1, 1, 1)

    def advance(self, real, latent, share):
        self.adam_d.zero_grad(set_to_none=True)
        fake = self.g(latent)
        still = fake.detach()
        between = (still + share * (real - still)).requires_grad_()
        slope, = torch.autograd.grad(self.d(between).sum(), between, create_graph=True)
        penalty = (slope.square().sum((1, 2, 3)).sqrt() - 1).square().mean()
        d_loss = self.d(still).mean() - self.d(real).mean() + 10 * penalty
        d_loss.backward()
        self.adam_d.step()
        self.adam_g.zero_grad(set_to_none=True)
        with Frozen(self.d):
            g_loss = -self.d(fake).mean()
            g_loss.backward()
        self.adam_g.step()
        return d_loss, g_loss
