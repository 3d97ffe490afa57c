import numpy as np
import torch

# %% reference
def products(A, B):
    return (A * B if A.shape == B.shape else None), A @ B

# %% alternative: functions
def products(A, B):
    hadamard = None
    if A.size() == B.size():
        hadamard = torch.mul(A, B)
    return hadamard, torch.mm(A, B)

# %% alternative: einsum
def products(A, B):
    same = list(A.shape) == list(B.shape)
    return [torch.einsum("ij,ij->ij", A, B) if same else None, torch.einsum("ik,kj->ij", A, B)]

# %% alternative: sums_of_products
def products(A, B):
    matmul = (A.unsqueeze(2) * B.unsqueeze(0)).sum(dim=1)
    if A.shape != B.shape:
        return None, matmul
    return A.mul(B), matmul

# %% alternative: numpy
def products(A, B):
    a, b = A.cpu().numpy(), B.cpu().numpy()
    hadamard = torch.from_numpy(a * b).to(A.device) if a.shape == b.shape else None
    return hadamard, torch.from_numpy(np.dot(a, b)).to(A.device)

# %% alternative: plain_python
def products(A, B):
    a, b = A.tolist(), B.tolist()
    n, k, m = len(a), len(b), len(b[0])
    product = [[sum(a[i][t] * b[t][j] for t in range(k)) for j in range(m)] for i in range(n)]
    matmul = torch.tensor(product, dtype=A.dtype, device=A.device)
    if A.shape != B.shape:
        return None, matmul
    entries = [[a[i][j] * b[i][j] for j in range(m)] for i in range(n)]
    return torch.tensor(entries, dtype=A.dtype, device=A.device), matmul

# %% mistake: star_is_matmul
# You used `*` for the matrix product. `*` multiplies the numbers in the same place; rows meet columns with `@`.
# ? Which shape does a (2, 3) matrix times a (3, 4) matrix have?
def products(A, B):
    return (A * B if A.shape == B.shape else None), A * B

# %% mistake: star_is_matmul
def products(A, B):
    hadamard = A * B if A.shape == B.shape else None
    return hadamard, hadamard

# %% mistake: at_is_hadamard
# You used the matrix product for the Hadamard product, which multiplies the numbers in the same place.
# ? What is the Hadamard product of [[1, 0], [0, 1]] and [[2, 1], [1, 2]] in the corner at the top right: 1·2 + 0·2, or 0·1?
def products(A, B):
    return (A @ B if A.shape == B.shape else None), A @ B

# %% mistake: at_is_hadamard
def products(A, B):
    return A @ B, A @ B

# %% mistake: transposed_matmul
# Your matrix product is not A times B: the order is turned round, or one of the matrices, or the result, was transposed.
# ? In A·B, which matrix gives the rows and which gives the columns?
def products(A, B):
    return (A * B if A.shape == B.shape else None), B @ A

# %% mistake: transposed_matmul
def products(A, B):
    return (A * B if A.shape == B.shape else None), A @ B.T

# %% mistake: transposed_matmul
def products(A, B):
    return (A * B if A.shape == B.shape else None), (A @ B).T

# %% mistake: transposed_matmul
def products(A, B):
    return (A * B if A.shape == B.shape else None), A.T @ B

# %% mistake: sum_for_product
# A sum stands where a product is wanted: `+` for `*`, or all products added up to one number.
# ? Which number should the Hadamard product of [[3]] and [[4]] hold?
def products(A, B):
    return (A + B if A.shape == B.shape else None), A @ B

# %% mistake: sum_for_product
def products(A, B):
    return ((A * B).sum() if A.shape == B.shape else None), A @ B

# %% mistake: swapped
# Both products are there, but in the other order: the Hadamard product comes first.
# ? What does the line `hadamard, matmul = products(A, B)` take as the first?
def products(A, B):
    return A @ B, (A * B if A.shape == B.shape else None)

# %% mistake: no_none
# Where the shapes differ, your code stops: `*` can't multiply them element by element. The first answer is None there.
# ? What do you compare before you use `*`?
def products(A, B):
    return A * B, A @ B

# %% mistake: broadcasts
# Shapes that are not equal got a Hadamard product by broadcasting: a (3, 1) and a (1, 4) matrix, say. The text wants None there.
# ? Does your code ask whether the shapes are equal, or whether `*` works?
def products(A, B):
    try:
        hadamard = A * B
    except RuntimeError:
        hadamard = None
    return hadamard, A @ B

# %% mistake: broadcasts
def products(A, B):
    return (A * B if A.shape[1] == B.shape[1] or B.shape[0] == 1 or B.shape[1] == 1 and A.shape[0] == B.shape[0] else None), A @ B

# %% mistake: square_only
# The Hadamard product is None although both matrices have the same shape, or the matrix product is missing.
# ? Which of the two products needs equal shapes: the one by place, or rows times columns?
def products(A, B):
    return (A * B if A.shape == B.shape else None), (A @ B if A.shape == B.shape else None)

# %% mistake: square_only
def products(A, B):
    if A.shape != B.shape:
        return None
    return A * B, A @ B

# %% mistake: one_answer
# One of the two products is missing: both are wanted, the Hadamard product first.
# ? How many things stand behind your `return`?
def products(A, B):
    return A @ B

# %% mistake: one_answer
def products(A, B):
    return A * B if A.shape == B.shape else None

# %% mistake: not_on_the_device
# The products are right, but a part of your code works on the CPU only: a tensor made on the way, or NumPy.
# ? On which device is a new tensor made if you do not say `device=A.device`?
def products(A, B):
    a, b = np.array(A.tolist()), np.array(B.tolist())
    hadamard = torch.tensor(a * b).to(A.dtype) if a.shape == b.shape else None
    return hadamard, torch.tensor(a @ b).to(A.dtype)

# %% mistake: not_on_the_device
def products(A, B):
    a, b = A.numpy(), B.numpy()
    return (torch.from_numpy(a * b) if a.shape == b.shape else None), torch.from_numpy(a @ b)

# %% wrong: known_answers
def products(A, B):
    if A.shape == (2, 2):
        return torch.tensor([[2, 0], [0, 2]]), torch.tensor([[2, 1], [1, 2]])
    return None, torch.tensor([[0, 2], [0, 2]])

# %% wrong: nothing
def products(A, B):
    return None, None

# %% wrong: the_matrices
def products(A, B):
    return A, B

# %% mistake: changes_A
# Both products are right, but A is written over: afterwards your function's caller has lost it. Methods that end in `_` work in place.
# ? What is in A after `A.mul_(B)`?
def products(A, B):
    matmul = A @ B
    return (A.mul_(B) if A.shape == B.shape else None), matmul

# %% wrong: in_float32
def products(A, B):
    a, b = A.float(), B.float()
    made = (a * b if a.shape == b.shape else None), a @ b
    return tuple(p if p is None or A.is_floating_point() else p.to(A.dtype) for p in made)

# %% mistake: broadcasts
def products(A, B):
    return (A * B if len(A) == len(B) else None), A @ B

# %% mistake: broadcasts
def products(A, B):
    return (A * B if A.shape[0] == A.shape[1] else None), A @ B

# %% mistake: no_none
def products(A, B):
    return (A * B if A.numel() == B.numel() else None), A @ B

# %% mistake: returns_nothing
# Your function returned None: `print` only shows the products, `return` hands them on.
# ? What does `hadamard, matmul = products(A, B)` get?
def products(A, B):
    print(A * B, A @ B)

# %% mistake: returns_nothing
def products(A, B):
    print(A * B if A.shape == B.shape else None, A @ B)

# %% mistake: zeros_for_none
# Where there is no Hadamard product you answer with zeros; the text wants None, so that nobody takes them for a product.
# ? How would your function's caller tell your zeros from a product that is zero?
def products(A, B):
    return (A * B if A.shape == B.shape else torch.zeros_like(A)), A @ B

# %% mistake: not_the_dtype
# The numbers are right, but not their dtype: a product of whole numbers is whole, and float64 stays float64.
# ? Which dtype does `torch.zeros(2, 2)` have, and which do A and B?
def products(A, B):
    a, b = A.float(), B.float()
    return (a * b if A.shape == B.shape else None), a @ b

# %% mistake: not_the_dtype
def products(A, B):
    C = torch.zeros(A.shape[0], B.shape[1], device=A.device)
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] += A[i, k] * B[k, j]
    return (A * B if A.shape == B.shape else None), C

# %% mistake: last_term_only
# Each entry of your matrix product is a single product, the last of its sum: `=` replaces what was there, `+=` adds to it.
# ? What stands in the entry after k = 0, and what after k = 1?
def products(A, B):
    C = A.new_zeros(A.shape[0], B.shape[1])
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for k in range(A.shape[1]):
                C[i, j] = A[i, k] * B[k, j]
    return (A * B if A.shape == B.shape else None), C

# %% alternative: sum_of_outer_products
def products(A, B):
    total = torch.zeros(A.shape[0], B.shape[1], dtype=A.dtype, device=A.device)
    for k in range(A.shape[1]):
        total += torch.outer(A[:, k], B[k])
    return (A * B if A.size() == B.size() else None), total

# %% wrong: none_as_text
def products(A, B):
    return (A * B if A.shape == B.shape else "None"), A @ B
