"""Training steps in PyTorch on the CPU, served over stdin and stdout, as fast as eager PyTorch allows: fused Adam, gradients set
to None, denormals flushed, both memory layouts.

Requests and replies are JSON, one per line:
  {"do": "setup", "work": "dcgan", "threads": 2, "settings": {"size": 28, ...}}  ->  {"torch": ..., "layouts": [...]}
  {"do": "open", "layout": "nchw"}  ->  {"parameters": [...]}
  {"do": "steps", "count": 5}  ->  {"ms": [...], "losses": [...], "rss": bytes at most so far}
"""

import json
import resource
import sys

import torch

from dcgan import Dcgan
from resnet32 import Resnet32
from seqgan import Discriminate, Likelihood, RollOut
from srresnet import SuperResolution
from wgan_gp import WganGp

WORKS = {
    "dcgan": Dcgan, "wgan-gp": WganGp, "srresnet": SuperResolution, "resnet-32": Resnet32,
    "seqgan-likelihood": Likelihood, "seqgan-rollout": RollOut, "seqgan-discriminator": Discriminate,
}


def main():
    work, settings, trainer = None, {}, None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "setup":
            torch.manual_seed(1)
            torch.set_num_threads(request["threads"])
            torch.set_flush_denormal(True)
            work, settings = WORKS[request["work"]], request["settings"]
            reply = {"torch": torch.__version__, "layouts": work.layouts}
        elif request["do"] == "open":
            trainer = work(layout=request["layout"], **settings)
            reply = {"parameters": trainer.sizes}
        else:
            steps = [trainer.timed() for _ in range(request["count"])]
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            reply = {"ms": [ms for ms, _ in steps], "losses": steps[-1][1], "rss": peak}
        print(json.dumps(reply), flush=True)


main()
