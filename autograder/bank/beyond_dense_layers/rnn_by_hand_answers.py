import numpy as np
import torch
from torch import nn

# %% reference
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% alternative: numpy
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    x, h, U, W, b = x.numpy(), h0.numpy(), W_ih.numpy(), W_hh.numpy(), (b_ih + b_hh).numpy()
    out = np.zeros((len(x), len(h)), dtype=np.float32)
    for t in range(len(x)):
        h = np.tanh(U.dot(x[t]) + W.dot(h) + b)
        out[t] = h
    return out


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    H = h.shape[0]
    f = slice(H, 2 * H)
    z = W_ih.numpy()[f] @ x.numpy() + W_hh.numpy()[f] @ h.numpy() + (b_ih + b_hh).numpy()[f]
    return 1 / (1 + np.exp(-z))

# %% alternative: inputs_first
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    drive = x @ W_ih.T + b_ih + b_hh
    states = torch.empty(len(x), len(h0))
    previous = h0
    for t in range(len(x)):
        previous = torch.tanh(drive[t] + torch.mv(W_hh, previous))
        states[t] = previous
    return states


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    i, f, g, o = (x @ W_ih.T + b_ih + h @ W_hh.T + b_hh).chunk(4)
    return f.sigmoid()

# %% alternative: one_matrix
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    W = torch.cat([W_ih, W_hh], dim=1)
    states = [h0]
    for t in range(x.shape[0]):
        states.append(torch.tanh(W @ torch.cat([x[t], states[-1]]) + b_ih + b_hh))
    return torch.stack(states[1:])


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    blocks = [t.reshape(4, len(h), -1)[1] for t in (W_ih, W_hh, b_ih, b_hh)]
    U, W, b, c = blocks
    return torch.sigmoid(U @ x + W @ h + b[:, 0] + c[:, 0])

# %% mistake: start_ignored
# Your first step does not use h0: it begins from zeros.
# ? What does the layer remember before it has read anything?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = torch.zeros_like(h0), []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: state_not_carried
# Every step begins from h0 again. The h of a step is what the next one begins with.
# ? Which h goes into the second step?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        states.append(torch.tanh(W_ih @ row + b_ih + W_hh @ h0 + b_hh))
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: no_memory
# The state before is left out: each row is read as if it were the first and only one.
# ? Where does W_hh appear in your function?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: one_bias_missing
# One of the two biases is left out.
# ? How many biases has nn.RNN?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: one_bias_missing
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: one_bias_missing
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + W_hh @ h)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: no_tanh
# The tanh is left out: your layer is linear.
# ? Between which numbers must every state lie?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = W_ih @ row + b_ih + W_hh @ h + b_hh
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: sigmoid_for_tanh
# You used a sigmoid. A plain recurrent layer uses tanh, so states can be negative.
# ? Between which numbers must every state lie?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.sigmoid(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: relu_for_tanh
# You used ReLU. nn.RNN uses tanh unless it is told otherwise.
# ? Between which numbers must every state lie?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.relu(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: only_the_last_state
# You return the last state only. The states of all steps are wanted, one row each.
# ? How many rows should a sequence of four steps give?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return h


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: only_the_last_state
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return h.unsqueeze(0)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: start_among_the_states
# The start h0 is among your states. Only what comes after a step is wanted.
# ? How many rows should a sequence of four steps give?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, [h0]
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: backwards
# Your layer reads the sequence from its end.
# ? Which row of x is read first?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x.flip(0):
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: turned_weights
# You multiply by the weights turned on their side. They are kept as (units, inputs) and (units, units).
# ? What is the shape of W_ih, and what comes out of W_ih @ x[t]?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh.T @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: turned_weights
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(row @ W_ih + b_ih + h @ W_hh + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: turned_weights
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih.T @ row + b_ih + W_hh.T @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: input_gate
# You took the first quarter of the rows: that is the input gate. The order is input, forget, cell, output.
# ? Which rows belong to the forget gate if there are 3 units?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[:units])

# %% mistake: cell_rows
# You took the third quarter of the rows: that is the new content of the cell. The order is input, forget, cell, output.
# ? Which rows belong to the forget gate if there are 3 units?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[2 * units : 3 * units])

# %% mistake: output_gate
# You took the last quarter of the rows: that is the output gate. The order is input, forget, cell, output.
# ? Which rows belong to the forget gate if there are 3 units?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[3 * units :])

# %% mistake: every_fourth_row
# You took every fourth row. Each gate has a block of rows, one after the other.
# ? Which rows belong to the forget gate if there are 3 units?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[1::4])

# %% mistake: gate_with_tanh
# You used tanh. A gate is open or closed, between 1 and 0: a sigmoid.
# ? How much can a gate let through at least, and how much at most?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.tanh(z[units : 2 * units])

# %% mistake: gate_without_sigmoid
# The sigmoid is left out.
# ? How much can a gate let through at least, and how much at most?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return z[units : 2 * units]

# %% mistake: gate_without_state
# The gate does not look at h. It looks at the input and at the state.
# ? Where does W_hh appear in your gate?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: all_four_gates
# You return all four blocks. Only the forget gate is wanted.
# ? How many numbers has a gate if there are 3 units?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z)

# %% wrong: calls_the_library
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    net = nn.RNN(x.shape[1], len(h0), batch_first=True)
    net.load_state_dict({"weight_ih_l0": W_ih, "weight_hh_l0": W_hh, "bias_ih_l0": b_ih, "bias_hh_l0": b_hh})
    return net(x[None], h0[None, None])[0][0].detach()


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% wrong: calls_the_cell
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    cell = nn.RNNCell(x.shape[1], len(h0))
    cell.load_state_dict({"weight_ih": W_ih, "weight_hh": W_hh, "bias_ih": b_ih, "bias_hh": b_hh})
    states = []
    for row in x:
        h0 = cell(row[None], h0.reshape(1, -1))
        states.append(h0[0].detach())
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% wrong: zeros
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    return torch.zeros(len(x), len(h0))


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    return torch.full((len(h),), 0.5)

# %% wrong: returns_in_the_first_round
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih + W_hh @ h + b_hh)
        states.append(h)
        return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])

# %% mistake: two_tanhs
# You take tanh of each part and add the two. All four terms are added up first, and one tanh goes over the sum.
# ? Can a state be larger than 1?
def rnn_by_hand(x, h0, W_ih, W_hh, b_ih, b_hh):
    h, states = h0, []
    for row in x:
        h = torch.tanh(W_ih @ row + b_ih) + torch.tanh(W_hh @ h + b_hh)
        states.append(h)
    return torch.stack(states)


def forget_gate(x, h, W_ih, W_hh, b_ih, b_hh):
    z = W_ih @ x + b_ih + W_hh @ h + b_hh
    units = len(h)
    return torch.sigmoid(z[units : 2 * units])
