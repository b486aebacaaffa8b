"""What the PyTorch side of every benchmark shares."""

import time

import torch

FORMATS = {"nchw": torch.contiguous_format, "nhwc": torch.channels_last}


def adam(parameters, rate, betas=(0.9, 0.999)):
    parameters = list(parameters)  # the first attempt would use a generator up
    try:
        return torch.optim.Adam(parameters, rate, betas, fused=True)
    except (RuntimeError, TypeError):  # a PyTorch without the fused CPU kernel
        return torch.optim.Adam(parameters, rate, betas)


def size_of(*networks):
    return [sum(p.numel() for p in network.parameters()) for network in networks]


class Frozen:
    """A network whose parameters get no gradient meanwhile."""

    def __init__(self, network):
        self.parameters = list(network.parameters())

    def __enter__(self):
        for parameter in self.parameters:
            parameter.requires_grad_(False)

    def __exit__(self, *_):
        for parameter in self.parameters:
            parameter.requires_grad_(True)


class Trainer:
    """`draw` makes what a step reads, outside of its time; `advance` does the step and returns the losses."""

    layouts = ("nchw", "nhwc")

    def timed(self):
        given = self.draw()
        start = time.perf_counter()
        losses = [x.item() for x in self.advance(*given)]
        return (time.perf_counter() - start) * 1e3, losses
