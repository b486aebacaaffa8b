"""SeqGAN's three costly steps: maximum likelihood, roll-outs, the convolutional discriminator."""

import torch
import torch.nn as nn
import torch.nn.functional as F

from trainer import Trainer, adam, size_of

WIDTHS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20)
FILTERS = (100, 200, 200, 200, 200, 100, 100, 100, 100, 100, 160, 160)


class Generator(nn.Module):
    def __init__(self, vocabulary, embedding, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        self.lstm = nn.LSTM(embedding, hidden, batch_first=True)
        self.output = nn.Linear(hidden, vocabulary)
        for parameter in self.parameters():
            nn.init.normal_(parameter, 0, 0.1)
        # torch's LSTM adds two biases; one of them is enough and is not trained.
        self.lstm.bias_hh_l0.requires_grad_(False).zero_()

    def trained(self):
        return [p for p in self.parameters() if p.requires_grad]


class Discriminator(nn.Module):
    def __init__(self, vocabulary, embedding=64):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding)
        nn.init.uniform_(self.embedding.weight, -1, 1)
        self.windows = nn.ModuleList(nn.Conv1d(embedding, f, w) for w, f in zip(WIDTHS, FILTERS))
        total = sum(FILTERS)
        self.transform, self.gate = nn.Linear(total, total), nn.Linear(total, total)
        self.output = nn.Linear(total, 2)
        for layer in (*self.windows, self.output):
            nn.init.trunc_normal_(layer.weight, 0, 0.1, -0.2, 0.2)
            nn.init.constant_(layer.bias, 0.1)

    def forward(self, tokens):
        x = self.embedding(tokens).transpose(1, 2)
        features = torch.cat([F.relu(window(x).amax(2)) for window in self.windows], 1)
        t = torch.sigmoid(self.gate(features))
        features = t * F.relu(self.transform(features)) + (1 - t) * features
        return self.output(F.dropout(features, 0.25, self.training))


class Likelihood(Trainer):
    layouts = ("rows",)

    def __init__(self, layout, batch, length, vocabulary, embedding, hidden):
        self.g = Generator(vocabulary, embedding, hidden)
        self.adam = adam(self.g.trained(), 0.01)
        self.shape, self.vocabulary = (batch, length), vocabulary
        self.sizes = [sum(p.numel() for p in self.g.trained())]

    def draw(self):
        return (torch.randint(0, self.vocabulary, self.shape),)

    def advance(self, tokens):
        self.adam.zero_grad(set_to_none=True)
        read = torch.cat([torch.zeros_like(tokens[:, :1]), tokens[:, :-1]], 1)
        states, _ = self.g.lstm(self.g.embedding(read))
        loss = F.cross_entropy(self.g.output(states).flatten(0, 1), tokens.flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(self.g.trained(), 5)
        self.adam.step()
        return (loss,)


class RollOut(Trainer):
    """All prefixes of all sequences completed once, in one pass: rows join when their first free token is drawn."""

    layouts = ("rows",)

    def __init__(self, layout, batch, length, vocabulary, embedding, hidden):
        self.g, self.d = Generator(vocabulary, embedding, hidden), Discriminator(vocabulary).eval()
        self.shape, self.vocabulary = (batch, length), vocabulary
        self.sizes = [sum(p.numel() for p in self.g.trained()), *size_of(self.d)]

    def draw(self):
        return (torch.randint(0, self.vocabulary, self.shape),)

    @torch.inference_mode()
    def advance(self, tokens):
        (batch, length), cell = self.shape, self.g.lstm
        step = lambda read, state: torch.lstm_cell(
            self.g.embedding(read), state, cell.weight_ih_l0, cell.weight_hh_l0, cell.bias_ih_l0, cell.bias_hh_l0)
        zeros = torch.zeros(batch, cell.hidden_size)
        given = step(torch.zeros_like(tokens[:, 0]), (zeros, zeros))
        columns, state = [tokens[:, 0].repeat(length)], None
        for t in range(1, length):
            given = step(tokens[:, t - 1], given)
            state = given if state is None else tuple(torch.cat(pair) for pair in zip(state, given))
            # Inverting the distribution function takes a third of torch.multinomial's time.
            mass = F.softmax(self.g.output(state[0]), 1).cumsum(1)
            drawn = torch.searchsorted(mass, torch.rand(len(mass), 1) * mass[:, -1:])[:, 0].clamp(max=self.vocabulary - 1)
            columns.append(torch.cat([drawn, tokens[:, t].repeat(length - t)]))
            if t + 1 < length:
                state = step(drawn, state)
        completed = torch.stack(columns, 1)
        scores = F.softmax(self.d(completed), 1)[:, 1].reshape(length, batch).T
        return (scores.mean(),)


class Discriminate(Trainer):
    layouts = ("rows",)

    def __init__(self, layout, batch, length, vocabulary):
        self.d = Discriminator(vocabulary)
        self.adam = adam(self.d.parameters(), 1e-4)
        self.shape, self.vocabulary = (batch, length), vocabulary
        self.sizes = size_of(self.d)

    def draw(self):
        return torch.randint(0, self.vocabulary, self.shape), torch.randint(0, 2, self.shape[:1])

    def advance(self, tokens, labels):
        self.adam.zero_grad(set_to_none=True)
        output = self.d.output
        loss = F.cross_entropy(self.d(tokens), labels) + 0.1 * (output.weight.square().sum() + output.bias.square().sum())
        loss.backward()
        self.adam.step()
        return (loss,)
