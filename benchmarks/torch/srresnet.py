"""SRResNet (Ledig et al. 2017), four times larger: a step of mean squared error."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from trainer import FORMATS, Trainer, adam, size_of


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv1, self.conv2 = (nn.Conv2d(width, width, 3, 1, 1, bias=False) for _ in range(2))
        self.norm1, self.norm2 = (nn.BatchNorm2d(width) for _ in range(2))
        self.act = nn.PReLU()

    def forward(self, x):
        return x + self.norm2(self.conv2(self.act(self.norm1(self.conv1(x)))))


class SrResNet(nn.Module):
    def __init__(self, width, blocks):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(3, width, 9, 1, 4), nn.PReLU())
        self.blocks = nn.Sequential(
            *[Block(width) for _ in range(blocks)], nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width))
        larger = [nn.Conv2d(width, 4 * width, 3, 1, 1), nn.PixelShuffle(2), nn.PReLU()]
        more = [nn.Conv2d(width, 4 * width, 3, 1, 1), nn.PixelShuffle(2), nn.PReLU()]
        self.last = nn.Sequential(*larger, *more, nn.Conv2d(width, 3, 9, 1, 4), nn.Tanh())

    def forward(self, x):
        x = self.first(x)
        return self.last(x + self.blocks(x))


class SuperResolution(Trainer):
    def __init__(self, layout, batch, width, blocks, patch):
        self.format = FORMATS[layout]
        self.network = SrResNet(width, blocks).to(memory_format=self.format)
        self.adam = adam(self.network.parameters(), 1e-4)
        self.batch, self.patch = batch, patch
        self.sizes = size_of(self.network)

    def draw(self):
        return tuple(
            (torch.rand(self.batch, 3, side, side) * 2 - 1).to(memory_format=self.format)
            for side in (self.patch, 4 * self.patch))

    def advance(self, small, large):
        self.adam.zero_grad(set_to_none=True)
        loss = F.mse_loss(self.network(small), large)
        loss.backward()
        self.adam.step()
        return (loss,)
