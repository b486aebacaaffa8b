"""A training step of DCGAN in PyTorch on the CPU, served over stdin and stdout.

Written to be as fast as eager PyTorch allows: one generator pass serves both updates, the discriminator is frozen in the
generator's update, Adam is the fused one, gradients are set to None, denormals are flushed, and both memory layouts are offered.

Requests and replies are JSON, one per line:
  {"do": "setup", "size": 28, "batch": 64, "width": 64, "threads": 2}  ->  {"torch": "...", "parameters": [g, d]}
  {"do": "steps", "layout": "nchw" | "nhwc", "count": 5}               ->  {"ms": [...], "losses": [d, g]}
"""

import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


class Reshape(nn.Module):
    def __init__(self, *shape):
        super().__init__()
        self.shape = shape

    def forward(self, x):
        return x.reshape(x.shape[0], *self.shape)


def networks(size, width):
    def up(a, b):
        return nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False)

    def down(a, b):
        return nn.Conv2d(a, b, 4, 2, 1, bias=False)

    if size == 28:
        wide = 49 * 2 * width
        generator = nn.Sequential(
            nn.Linear(100, wide, bias=False), nn.BatchNorm1d(wide), nn.ReLU(), Reshape(2 * width, 7, 7),
            up(2 * width, width), nn.BatchNorm2d(width), nn.ReLU(), up(width, 1), nn.Tanh())
        discriminator = nn.Sequential(
            down(1, width), nn.LeakyReLU(0.2), down(width, 2 * width), nn.BatchNorm2d(2 * width), nn.LeakyReLU(0.2),
            nn.Flatten(), nn.Linear(wide, 1, bias=False))
        return generator, discriminator, 1
    channels = [k * width for k in (8, 4, 2, 1)]
    layers = [nn.Linear(100, 16 * channels[0], bias=False), Reshape(channels[0], 4, 4)]
    for i, c in enumerate(channels):
        layers += [nn.BatchNorm2d(c), nn.ReLU(), up(c, channels[i + 1] if i < 3 else 3)]
    generator = nn.Sequential(*layers, nn.Tanh())
    inputs, layers = [3] + channels[::-1], []
    for i in range(4):
        layers.append(down(inputs[i], inputs[i + 1]))
        if i:
            layers.append(nn.BatchNorm2d(inputs[i + 1]))
        layers.append(nn.LeakyReLU(0.2))
    discriminator = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * channels[0], 1, bias=False))
    return generator, discriminator, 3


class Trainer:
    def __init__(self, size, batch, width, layout):
        self.g, self.d, channels = networks(size, width)
        for network in (self.g, self.d):
            for layer in network.modules():
                if isinstance(layer, (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)):
                    nn.init.normal_(layer.weight, 0, 0.02)
        self.format = torch.channels_last if layout == "nhwc" else torch.contiguous_format
        self.g, self.d = (network.to(memory_format=self.format) for network in (self.g, self.d))
        self.adam_g, self.adam_d = (self.adam(network) for network in (self.g, self.d))
        self.shape = (batch, channels, size, size)

    @staticmethod
    def adam(network):
        options = dict(lr=2e-4, betas=(0.5, 0.999))
        try:
            return torch.optim.Adam(network.parameters(), fused=True, **options)
        except (RuntimeError, TypeError):  # a PyTorch without the fused CPU kernel
            return torch.optim.Adam(network.parameters(), **options)

    def step(self):
        real = (torch.rand(self.shape) * 2 - 1).to(memory_format=self.format)
        latent = torch.rand(self.shape[0], 100) * 2 - 1
        start = time.perf_counter()
        self.adam_d.zero_grad(set_to_none=True)
        fake = self.g(latent)
        d_loss = F.softplus(-self.d(real)).mean() + F.softplus(self.d(fake.detach())).mean()
        d_loss.backward()
        self.adam_d.step()
        for parameter in self.d.parameters():
            parameter.requires_grad_(False)
        self.adam_g.zero_grad(set_to_none=True)
        g_loss = F.softplus(-self.d(fake)).mean()
        g_loss.backward()
        self.adam_g.step()
        for parameter in self.d.parameters():
            parameter.requires_grad_(True)
        self.losses = [d_loss.item(), g_loss.item()]
        return (time.perf_counter() - start) * 1e3


def main():
    trainers, setup = {}, {}
    for line in sys.stdin:
        request = json.loads(line)
        if request.pop("do") == "setup":
            torch.manual_seed(1)
            torch.set_num_threads(request.pop("threads"))
            torch.set_flush_denormal(True)
            trainers, setup = {}, request
            sizes = [sum(p.numel() for p in n.parameters()) for n in networks(request["size"], request["width"])[:2]]
            reply = {"torch": torch.__version__, "threads": torch.get_num_threads(), "parameters": sizes}
        else:
            layout = request["layout"]
            if layout not in trainers:
                trainers[layout] = Trainer(layout=layout, **setup)
            trainer = trainers[layout]
            reply = {"ms": [trainer.step() for _ in range(request["count"])], "losses": trainer.losses}
        print(json.dumps(reply), flush=True)


main()
