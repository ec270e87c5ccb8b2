# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Week 1. Hands-on introduction to deep learning
#
# GENE 46100, Deep Learning in Genomics. Unit 0: why deep learning for genomics?
#
# A neural network is a function with adjustable numbers in it, and training is a search for good
# values of these numbers. Fitting a straight line already contains both ideas, so we start there.
#
# **You will be able to**
#
# * fit a line exactly, with the normal equation, and step by step, with gradient descent;
# * derive a gradient, check it numerically, and choose a learning rate;
# * explain why a network needs a bend between its layers, and how bends add up to a curve;
# * write a model and a training loop in PyTorch, and read a learning curve;
# * say what the universal approximation theorem promises, and what it does not.
#
# **Time.** About five hours: two for part 1 (numpy) and three for part 2 (PyTorch). You need Python
# with some numpy, the chain rule, and matrix multiplication. You do not need to know PyTorch, and
# section 2.5 explains what you need to know about classes.
#
# **How to work.** Read from top to bottom and run every cell. In an exercise, write your code where
# it says `YOUR CODE HERE`, and delete the line that raises `NotImplementedError`. The cell after it
# checks your code on a small example. A check that fails stops with an `AssertionError`, whose last
# line says what looks wrong. If an error mentions `NoneType`, your function probably lacks a
# `return`. Checks do not test everything, so read the docstring too. A cell that uses a function
# you have not written yet also stops with an error; that is expected. Cells that only draw or check
# are folded: run them, and open them if you are curious. Before you hand in this notebook, restart
# the kernel and run all cells.
#
# **Core and stretch.** Sections marked *(core)* have the exercises that later weeks build on. The
# one marked *(stretch)* goes further; leave it for last. Both count toward your points. Sections
# without a mark have no exercise, but read them and run their cells, because later ones need them.

# %%
#| setup
# This cell starts every notebook of the course: on a laptop, in Colab and in the grader.
import sys
from pathlib import Path
from urllib.request import urlopen

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

if "google.colab" in sys.modules:  # Colab lacks these packages
    # %pip install -q logomaker wandb
    print("To use a GPU, choose Runtime > Change runtime type, then run all cells again.")


def fetch_data(address, files):
    """Fetch from the course's repository the files that are not here yet."""
    for file in files:
        if Path(file).exists():
            continue
        try:
            content = urlopen(f"{address}/{file}", timeout=60).read()
        except Exception as error:
            todo = "put this week's folder 'data' next to the notebook, and run this cell again"
            raise FileNotFoundError(f"{file} is missing: {todo} ({error})") from None
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_bytes(content)


fetch_data("", [])  # `autograder build` writes the week's address and files
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print(f"Python {sys.version.split()[0]}, PyTorch {torch.__version__}, device: {device}")

# %% tags=["parameters"]
seed = 0  # where this notebook's random numbers start: the same seed gives the same numbers
n_people = 100  # size of the simulated sample in part 1
epochs = 1000  # passes over the data when you train your own network; you may change it

# %%
#@title The look of the figures
# Colors that color-blind readers can tell apart (Okabe and Ito's palette).
BLUE, ORANGE, GREEN, PINK, GRAY = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#8C8C8C"
plt.rcParams.update({
    "figure.dpi": 150,
    "figure.figsize": (6, 3.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
})


def show(figure, alt):
    """Show a figure once, with a description for readers who cannot see it."""
    width = round(100 * figure.get_figwidth())
    display(figure, metadata={"image/png": {"alt": alt, "width": width}})
    plt.close(figure)


# %% [markdown]
# # Part 1. A line
#
# Does a genetic variant change how strongly a gene is expressed? Each person carries 0, 1 or 2
# copies of the variant (the *dosage*). A first model says that each copy adds the same amount to
# the expression:
#
# $$\hat y = \beta_0 + \beta_1 x .$$
#
# Fitting this line, one variant and one gene at a time, is a common way to map expression
# quantitative trait loci (eQTL; Shabalin, 2012). Our data are simulated, so we know the truth: an
# intercept of 2 and a slope of 1.5 per copy, plus noise with a standard deviation of 0.8.
# Expression is in arbitrary units.

# %%
rng = np.random.default_rng(seed)
truth = np.array([2.0, 1.5])  # intercept and slope
dosage = rng.binomial(2, 0.4, size=n_people).astype(float)
expression = truth[0] + truth[1] * dosage + rng.normal(0.0, 0.8, size=n_people)


def design_matrix(x):
    """A column of ones, for the intercept, next to the column x: (n,) becomes (n, 2)."""
    return np.column_stack([np.ones_like(x), x])


X, y = design_matrix(dosage), expression
print(f"X has shape {X.shape}, y has shape {y.shape}; the first three people:")
for row, value in zip(X[:3], y[:3], strict=True):  # zip pairs them; strict: of equal length
    print(f"  x = {row},  y = {value:.2f}")

# %% [markdown]
# ## 1.1 Predict (core)
#
# With $p$ features instead of one, the model is a weighted sum,
#
# $$\hat y_i = \sum_{j=1}^{p} X_{ij}\,\beta_j + b, \qquad i = 1, \dots, n .$$
#
# Row $i$ of the matrix $X$ is one example, and column $j$ is one feature. There are two ways to
# include an intercept: as a separate number $b$ (the *bias*, as in neural networks), or as the
# coefficient of a column of ones in $X$ (as in statistics). Your function allows both.
#
# In numpy, `@` is matrix multiplication. A matrix of shape `(n, p)` times a vector of shape `(p,)`
# gives a vector of shape `(n,)`: one sum of products per row. `A.T` is the transpose, with rows and
# columns exchanged. A single number that you add to an array is added to every entry.

# %%
prices = np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0]])  # two shops, three goods
basket = np.array([4.0, 1.0, 2.0])  # how many of each you buy
print("prices @ basket:", prices @ basket, " shapes", prices.shape, "@", basket.shape)
print("first entry by hand: 1*4 + 0*1 + 2*2 =", 1 * 4 + 0 * 1 + 2 * 2)
print("with a delivery fee:", 10 + prices @ basket)
print("prices.T has shape", prices.T.shape)

# %%
#| exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    """Predict with a linear model.

    X: array (n, p), one example per row. beta: array (p,). bias: a number, added to each
    prediction.
    Returns an array (n,), one prediction per row of X. Use matrix multiplication, not a loop.

    Example: the rows (1, 2) and (3, 4) with beta = (10, 1) and bias 0.5 give
    1*10 + 2*1 + 0.5 = 12.5 and 3*10 + 4*1 + 0.5 = 34.5.
    """
    ### BEGIN SOLUTION
    return X @ beta + bias
    ### END SOLUTION


# %%
#| check: predict_linear
_out = predict_linear(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([10.0, 1.0]), bias=0.5)
assert np.shape(_out) == (2,), f"two rows need two predictions, shape (2,); got {np.shape(_out)}"
assert not np.allclose(_out, [12.0, 34.0]), "each prediction is 0.5 too small: add the bias"
assert np.allclose(_out, [12.5, 34.5]), f"expected [12.5, 34.5] (docstring), got {_out}"
print("predict_linear: looks right so far")

# %% [markdown]
# Figure 1 shows the data with a guess: intercept 1, slope 2. We want the *best* line, and to find
# it we need to say what "best" means.

# %%
#@title Figure 1: a guess
guess = np.array([1.0, 2.0])
grid = np.array([-0.2, 2.2])
sideways = dosage + rng.uniform(-0.1, 0.1, size=n_people)


def draw_people():
    fig, ax = plt.subplots()
    ax.scatter(sideways, expression, s=14, color=GRAY, alpha=0.7, label="simulated people")
    ax.plot(grid, predict_linear(design_matrix(grid), guess), color=ORANGE, ls="--",
            label="a guess")
    ax.set(xlabel="copies of the variant", ylabel="expression (arbitrary units)",
           xticks=[0, 1, 2])
    return fig, ax


fig, ax = draw_people()
ax.legend(loc="upper left")
show(fig, "Expression against copies of the variant for 100 simulated people, with a dashed line "
     "that is too low for people with no copy.")

# %% [markdown]
# *Figure 1. Expression rises with the number of copies. The guess is too low on the left. The
# points are spread a little sideways so that they do not hide each other.*
#
# ## 1.2 The exact answer: the normal equation (core)
#
# The best line is the one whose errors $y - X\beta$ have the smallest sum of squares. The vector
# $X\beta$ can be any combination of the columns of $X$. The combinations of two columns form a
# plane (with more columns, a flat space of higher dimension), and we look for the point of that
# plane that is nearest to $y$. At the nearest point, the error is perpendicular to the plane, and
# so to every column of $X$:
#
# $$X^\top (y - X\beta) = 0 \quad\Longleftrightarrow\quad X^\top X\,\beta = X^\top y .$$
#
# This is the **normal equation** ("normal" means perpendicular). If no column of $X$ is a
# combination of the others, it has exactly one solution,
#
# $$\hat\beta = (X^\top X)^{-1} X^\top y .$$
#
# The inverse is good notation, but a computer should not form it. The normal equation is a system
# of $p$ equations in $p$ unknowns, and solving the system directly is faster and more accurate.
# `np.linalg.solve(A, c)` returns the `v` with `A @ v = c`. For example, $2a + b = 5$ and
# $a + 3b = 10$:

# %%
left_side = np.array([[2.0, 1.0], [1.0, 3.0]])
right_side = np.array([5.0, 10.0])
print("a and b:", np.linalg.solve(left_side, right_side))

# %%
#| exercise: normal_equation
def normal_equation(X, y):
    """Least-squares coefficients, exactly.

    X: array (n, p), in which no column is a combination of the others. y: array (n,).
    Returns an array (p,), the beta that minimizes the sum of squared errors of X @ beta.
    Do not add a column of ones: if the model has an intercept, X already has that column.

    Example: the points (0, 1), (1, 2), (2, 4) with a column of ones give X.T @ X = [[3, 3], [3, 5]]
    and X.T @ y = [7, 10]. From 3a + 3b = 7 and 3a + 5b = 10 follow b = 3/2 and a = 5/6.
    """
    ### BEGIN SOLUTION
    return np.linalg.solve(X.T @ X, X.T @ y)
    ### END SOLUTION


# %%
#| check: normal_equation
_out = normal_equation(np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 2.0, 4.0]))
assert np.shape(_out) == (2,), f"X has two columns, so beta has shape (2,); got {np.shape(_out)}"
assert np.allclose(_out, [5 / 6, 3 / 2]), f"expected [0.8333, 1.5] (docstring), got {_out}"
print("normal_equation: looks right so far")

# %%
beta_exact = normal_equation(X, y)
print(f"best line: intercept {beta_exact[0]:.3f}, slope {beta_exact[1]:.3f}  (truth: 2 and 1.5)")

# %%
#@title Figure 2: the best line
fig, ax = draw_people()
ax.plot(grid, predict_linear(design_matrix(grid), beta_exact), color=BLUE, label="least squares")
ax.legend(loc="upper left")
show(fig, "The same people with two lines: the guess, dashed, and the least-squares line, which "
     "passes close to the middle of the points at each number of copies.")

# %% [markdown]
# *Figure 2. The least-squares line passes close to the middle of each group.*
#
# ## 1.3 The loss (core)
#
# The normal equation works for linear models only. For almost any other model there is no such
# formula, and we need a more general method. It starts with a **loss**: one number that says how
# bad the predictions are. Ours is the mean squared error,
#
# $$L = \frac{1}{n}\sum_{i=1}^{n} (\hat y_i - y_i)^2 .$$
#
# Dividing by $n$ does not move the minimum, but it lets us compare samples of different sizes.

# %%
#| exercise: mse_loss
def mse_loss(y_hat, y):
    """Mean squared error.

    y_hat: array (n,), the predictions. y: array (n,), the observations.
    Returns one number (a Python float or a 0-d array), not an array of errors.

    Example: predictions (1, 2, 4) and observations (1, 4, 1) have the errors 0, -2 and 3, with
    squares 0, 4 and 9, so the loss is 13/3.
    """
    ### BEGIN SOLUTION
    return float(np.mean((y_hat - y) ** 2))
    ### END SOLUTION


# %%
#| check: mse_loss
_out = mse_loss(np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 1.0]))
assert not np.all(np.isclose(_out, 13)), "this is the sum of the squared errors; return their mean"
assert np.ndim(_out) == 0 and np.isclose(_out, 13 / 3), f"expected one number, 13/3; got {_out}"
print("mse_loss: looks right so far")

# %%
new_rng = np.random.default_rng(seed + 2)
new_dosage = new_rng.binomial(2, 0.4, size=100_000).astype(float)
new_expression = truth[0] + truth[1] * new_dosage + new_rng.normal(0.0, 0.8, size=100_000)
print("                 loss on our sample   on 100,000 new people")
lines = {"the guess": guess, "the true line": truth, "the best line": beta_exact}
for line_name, line in lines.items():
    on_sample = mse_loss(predict_linear(X, line), y)
    on_new = mse_loss(predict_linear(design_matrix(new_dosage), line), new_expression)
    print(f"{line_name:14} {on_sample:14.3f} {on_new:22.3f}")

# %% [markdown]
# Two things may surprise you. First, the noise has a variance of $0.8^2 = 0.64$, and no line can
# predict noise, yet the true line and the best line both have a loss below 0.64 on our sample. That
# is luck: in these 100 people the noise happens to be a little smaller than usual. Second, the best
# line has a lower loss than the *true* line. It was chosen to fit these very people, so it also
# fits a little of their noise. On new people the order of these two lines is reversed, and neither
# of them gets below about 0.64.
#
# The loss on the data that you used for fitting is too optimistic. Measure a model on data that it
# has not seen.
#
# ## 1.4 The gradient (core)
#
# Think of the loss as a landscape over the coefficients: each $\beta$ is a place, and $L(\beta)$ is
# its height. The **gradient** $\nabla L$ points uphill, so $-\nabla L$ points downhill. Here is how
# to derive it for $\hat y = X\beta$, one coefficient at a time.
#
# 1. Write the error of example $i$ as $r_i = \sum_k X_{ik}\beta_k - y_i$, so that
#    $L = \frac1n \sum_i r_i^2$.
# 2. By the chain rule, the derivative of a square is twice the inside times the derivative of the
#    inside:
#    $\dfrac{\partial L}{\partial\beta_j}=\dfrac1n\sum_i 2r_i\dfrac{\partial r_i}{\partial\beta_j}$.
# 3. In $r_i$ only one term contains $\beta_j$, and its factor is $X_{ij}$:
#    $\dfrac{\partial r_i}{\partial \beta_j} = X_{ij}$.
# 4. Together:
#    $\dfrac{\partial L}{\partial \beta_j} = \dfrac2n \sum_i X_{ij}\, r_i$.
#
# A small case with one coefficient: $x = (1, 2)$, $y = (2, 2)$ and $\beta = 1$. The errors are
# $r = (-1, 0)$, so the derivative is $\frac22\,(1\cdot(-1) + 2\cdot 0) = -1$. It is negative: a
# larger $\beta$ lowers the loss.
#
# With $p$ coefficients there are $p$ such numbers. The sum over the examples $i$ is a matrix times
# the vector $r$. The shapes tell you which matrix: the result has shape `(p,)`, and $r$ has shape
# `(n,)`.

# %%
#| exercise: mse_gradient
def mse_gradient(X, y, beta):
    """Gradient of the mean squared error of a linear model with respect to its coefficients.

    X: array (n, p). y: array (n,). beta: array (p,), where the gradient is taken.
    Returns an array (p,): the exact gradient of mse_loss(X @ beta, y), with the factor 2 from the
    square. It has to be exact, so do not approximate it by differences of losses.

    Example: the rows (1, 0), (1, 1), (1, 2), (1, 3) with y = (1, 0, 1, 4) and beta = (1, 1) have
    the predictions 1, 2, 3, 4 and the errors r = 0, 2, 2, 0.
      first entry:   2/4 * (1*0 + 1*2 + 1*2 + 1*0) = 2
      second entry:  2/4 * (0*0 + 1*2 + 2*2 + 3*0) = 3
    """
    ### BEGIN SOLUTION
    residual = X @ beta - y
    return 2 / len(y) * (X.T @ residual)
    ### END SOLUTION


# %%
#| check: mse_gradient
_X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
_out = mse_gradient(_X, np.array([1.0, 0.0, 1.0, 4.0]), np.array([1.0, 1.0]))
assert np.shape(_out) == (2,), f"one entry per coefficient, shape (2,); got {np.shape(_out)}"
assert not np.allclose(_out, [1.0, 1.5]), "twice too small: differentiate the square"
assert np.allclose(_out, [2, 3]), f"expected [2, 3] (docstring), got {_out}: check sign and 2/n"
print("mse_gradient: looks right so far")

# %% [markdown]
# ## 1.5 Check a gradient numerically
#
# A wrong gradient is a nasty bug: often the loss still falls, only more slowly. There is a test
# that works for every gradient. Move one coefficient up and down by a small step $\varepsilon$, and
# see how much the loss changes:
#
# $$\frac{\partial L}{\partial \beta_j} \approx
#   \frac{L(\beta + \varepsilon e_j) - L(\beta - \varepsilon e_j)}{2\varepsilon} ,$$
#
# where $e_j$ is 1 at position $j$ and 0 elsewhere. This is a *central difference*. It is too slow
# for training, because it computes the loss twice per coefficient, but it knows nothing about your
# formula. If both agree at a random place, your formula is right.

# %%
def numerical_gradient(loss, beta, step=1e-5):
    """The gradient of loss(beta) by central differences, one coefficient after the other."""
    slopes = []
    for j in range(len(beta)):
        shift = np.zeros(len(beta))
        shift[j] = step
        slopes.append((loss(beta + shift) - loss(beta - shift)) / (2 * step))
    return np.array(slopes)


def loss_at(beta):
    return mse_loss(predict_linear(X, beta), y)


somewhere = np.random.default_rng(seed).normal(size=2)
by_numbers = numerical_gradient(loss_at, somewhere)
by_formula = mse_gradient(X, y, somewhere)
print("numerically:  ", by_numbers)
print("your formula: ", by_formula)
print("ratio:        ", by_formula / by_numbers)

# %% [markdown]
# Both ratios should be 1. Another value tells you what is wrong: 0.5 means a missing factor 2, $n$
# means a missing $1/n$, and $-1$ means the wrong sign.
#
# How small should the step be? Try the derivative of $\sin$ at 1, which is $\cos 1$:

# %%
for exponent in (1, 3, 5, 7, 9, 11):
    step = 10.0**-exponent
    central = (np.sin(1 + step) - np.sin(1 - step)) / (2 * step)
    print(f"step 1e-{exponent:02d}: error {abs(central - np.cos(1)):.0e}")

# %% [markdown]
# With a large step, the function curves within the step. With a tiny step, we subtract two almost
# equal numbers, and rounding dominates. In double precision a step of about $10^{-5}$ is a good
# choice. PyTorch has the same test built in, as `torch.autograd.gradcheck`.
#
# ## 1.6 Gradient descent (core)
#
# Start somewhere, take a step downhill, look again, repeat:
#
# $$\theta \leftarrow \theta - \alpha\,\nabla L(\theta) .$$
#
# Here $\theta$ stands for all adjustable numbers (for us, $\beta$), and $\alpha$ is the **learning
# rate**. The step is $\alpha$ times the gradient, so steps shrink by themselves where the landscape
# becomes flat. Nothing in this rule is special to lines: it needs only a loss and its gradient. In
# one variant or another, it trains every network of this course.
#
# Three steps on the parabola $L = (\theta - 3)^2$, whose derivative is $2(\theta - 3)$, with
# $\alpha = 0.25$:

# %%
place = 0.0
for step_number in (1, 2, 3):
    slope = 2 * (place - 3)
    place = place - 0.25 * slope
    print(f"step {step_number}: slope {slope:5.2f}, so we move to {place}")

# %% [markdown]
# To store a trajectory, append each `beta` to a Python list, and turn the list into an array with
# `np.array` at the end. One warning: `beta -= ...` changes the array in place. If you put that same
# array into a list after each step, the list holds one array many times, and all rows show its last
# value. `beta = beta - ...` makes a new array.
#
# An argument with the default `None` is optional. To see whether it was given, write
# `if beta0 is None`. Do not write `beta0 == None` or `beta0 or ...`: these ask each entry of an
# array, and with two or more entries Python stops, because it gets more than one answer.

# %%
#| exercise: gradient_descent
def gradient_descent(X, y, lr, n_steps, beta0=None):
    """Minimize the mean squared error of a linear model by gradient descent.

    X: array (n, p). y: array (n,). lr: the learning rate. n_steps: how many steps to take.
    beta0: array (p,), where to start; None means at zeros.
    Returns an array (n_steps + 1, p), one beta per row: first the start, last the end.

    Details: Take plain steps along the exact gradient (your mse_gradient). Do not change the array
    that is passed as beta0. Take every one of the n_steps steps in full: do not limit the size of
    the gradient, lower the rate on the way, or stop early. If the rate is too large, the trajectory
    should run away (diverge). With n_steps = 0 the only row is the start.

    Example: X has one column of two ones, and y = (2, 4). Then the gradient is 2 (beta - 3). With
    lr = 0.25 the rows are 0, 1.5, 2.25, 2.625, as above; from beta0 = 7 they are 7, 5, 4.
    """
    ### BEGIN SOLUTION
    beta = np.zeros(X.shape[1]) if beta0 is None else np.array(beta0, dtype=float)
    trajectory = [beta]
    for _ in range(n_steps):
        beta = beta - lr * mse_gradient(X, y, beta)  # a new array, so the earlier rows stay
        trajectory.append(beta)
    return np.array(trajectory)
    ### END SOLUTION


# %%
#| check: gradient_descent
_X, _y, _start = np.array([[1.0], [1.0]]), np.array([2.0, 4.0]), np.array([7.0])
_out = np.asarray(gradient_descent(_X, _y, 0.25, 3))
assert _out.shape == (4, 1), f"the start and three steps have shape (4, 1); got {_out.shape}"
assert not np.all(_out == _out[0]), "all rows are equal: did you store one array several times?"
_rows = _out[:, 0]
assert np.allclose(_rows, [0, 1.5, 2.25, 2.625]), f"expected 0, 1.5, 2.25, 2.625; got {_rows}"
_out = np.ravel(gradient_descent(_X, _y, 0.25, 2, beta0=_start))
assert np.allclose(_out, [7, 5, 4]), f"from beta0 = 7, expected 7, 5, 4 (docstring); got {_out}"
assert _start[0] == 7, "your function changed beta0: avoid -= on it, or start with a copy"
print("gradient_descent: looks right so far")

# %% [markdown]
# Now let us watch it. Each point in Figure 3 is a line: the intercept on the horizontal axis, the
# slope on the vertical axis. Each contour joins lines of equal loss. The path starts at the line
# $\hat y = 0$ and should end at the cross, the exact answer.

# %%
path = gradient_descent(X, y, lr=0.1, n_steps=100)
for step_number in (0, 1, 10, 50, 100):
    print(f"step {step_number:3d}: intercept {path[step_number, 0]:.3f}, "
          f"slope {path[step_number, 1]:.3f}, "
          f"loss {mse_loss(predict_linear(X, path[step_number]), y):.4f}")
print(f"exact:    intercept {beta_exact[0]:.3f}, slope {beta_exact[1]:.3f}, "
      f"loss {mse_loss(predict_linear(X, beta_exact), y):.4f}")

# %%
#@title Figure 3: the path downhill
intercepts, slopes_shown = np.linspace(-0.3, 3.5, 121), np.linspace(-0.3, 2.9, 121)
surface = np.array([
    [mse_loss(predict_linear(X, np.array([a, b])), y) for a in intercepts] for b in slopes_shown
])

fig, ax = plt.subplots(figsize=(6, 5))
levels = surface.min() + np.geomspace(0.02, 15, 10)
ax.contour(intercepts, slopes_shown, surface, levels=levels, colors=GRAY, linewidths=0.8)
ax.plot(path[:, 0], path[:, 1], "o-", ms=3, lw=1, color=BLUE, label="gradient descent, rate 0.1")
ax.plot(*path[0], "s", ms=7, color=BLUE, label="start")
ax.plot(*beta_exact, "X", ms=10, color=ORANGE, mec="white", label="normal equation")
ax.set(xlabel="intercept", ylabel="slope", aspect="equal")
fig.legend(loc="outside upper center", ncols=3)
show(fig, "Oval contours of the loss over intercept and slope. The path starts at zero, crosses "
     "the contours at right angles in a few long steps, then follows the long axis of the ovals "
     "in short steps to the cross that marks the exact answer.")

# %% [markdown]
# *Figure 3. The path of gradient descent on the loss. Both axes have the same scale, so you can see
# that each step is perpendicular to the contour on which it starts.*
#
# The contours are ovals, about three times as long as they are wide. The first steps go down the
# steep side. Most of the remaining steps follow the long axis, where the gradient is small and
# progress is slow. The same happens in many more dimensions when a network is trained.
#
# ## 1.7 The learning rate (core)
#
# The one number we had to choose is $\alpha$. Figure 4 compares three choices, on the same data and
# from the same start. The loss axis is logarithmic. One curve leaves the figure: the numbers above
# it say how far it goes.
#
# How large a rate may be depends on the data. The more strongly the loss is *curved*, the faster
# the gradient grows with the distance from the minimum, and the smaller the largest rate that
# works. The steepest direction decides: across the valley of Figure 3, our loss is about twice as
# curved as $(\beta - 1)^2$.

# %%
#@title Figure 4: three learning rates
n_steps_shown = 60
fig, ax = plt.subplots()
for rate, color, style in ((0.01, ORANGE, "-"), (0.1, BLUE, "-"), (1.0, GREEN, "--")):
    walk = gradient_descent(X, y, lr=rate, n_steps=n_steps_shown)
    curve = [mse_loss(predict_linear(X, visited), y) for visited in walk]
    ax.plot(curve, color=color, ls=style, label=f"rate {rate}")
    print(f"rate {rate:<4}: loss after 0, 1, 2, 10, {n_steps_shown} steps: "
          + ", ".join(f"{curve[step]:.4g}" for step in (0, 1, 2, 10, n_steps_shown)))
floor = mse_loss(predict_linear(X, beta_exact), y)
ax.axhline(floor, color=GRAY, lw=1, ls=":", label="normal equation")
print(f"normal equation: loss {floor:.4g}")
ax.set(xlabel="step", ylabel="loss (mean squared error)", yscale="log", ylim=(0.4, 1e3))
ax.legend(loc="upper right")
show(fig, "Loss against step for three learning rates. At 0.01 it falls slowly, at 0.1 it reaches "
     "the loss of the normal equation within about 20 steps, and at 1.0 it rises out of the figure "
     "within two steps.")

# %% [markdown]
# *Figure 4. The same 60 steps with three learning rates.*
#
# **Try it without code.** In the [TensorFlow
# Playground](https://playground.tensorflow.org/#activation=linear&dataset=gauss&networkShape=1&learningRate=0.03)
# you train a small network in your browser. Press play, and watch the loss curve at the top right.
# Then reset, and set the learning rate to 0.0001, and to 10. The course has [a playground of its
# own](https://playground.hakyimlab.org): choose the problem type *Regression* and a plane as the
# data set, with one neuron and *Linear* activation.

# %%
#| instructor
# The factor by which one step multiplies the error along each axis of the valley is
# 1 - rate * curvature; the curvatures are the eigenvalues of the Hessian, 2/n X'X.
curvatures = np.linalg.eigvalsh(2 / n_people * X.T @ X)
print(f"curvatures {curvatures.round(2)}; rates above {2 / curvatures.max():.2f} diverge; "
      f"the ovals are {(curvatures.max() / curvatures.min()) ** 0.5:.1f} times as long as wide")
for rate in (0.01, 0.1, 1.0):
    print(f"rate {rate:<4}: factors {(1 - rate * curvatures).round(3)}")

# %% [markdown]
# **Written answer: the learning rate.** What happens at each of the rates 0.01, 0.1 and 1.0, and
# why?
#
# A good answer (about ten lines) quotes numbers from Figure 4 for all three rates, and explains
# each of them with the rule $\theta \leftarrow \theta - \alpha\nabla L$. It helps to work through
# the smallest case by hand: one example with $x = 1$, $y = 1$, so that $L = (\beta - 1)^2$. What
# does one step do to the distance $\beta - 1$ at each rate? Above which $\alpha$ does the distance
# grow? Then say why our data, whose loss is more curved, diverge at a smaller rate. End with how
# you would recognize, from the learning curve alone, a rate that is too small and one that is too
# large.

# %% [markdown]
# #| written: learning_rate, points: 6
# ### BEGIN SOLUTION
# The loss starts at 12.87, and the best line has 0.603.
#
# *Rate 0.01: too small.* The loss falls smoothly but slowly: it is 5.75 after 10 steps and still
# 0.709 after 60. Every step goes in the right direction, but is a small part of what is needed.
#
# *Rate 0.1: good.* The loss is 0.632 after 10 steps and 0.6028 after 60. The first steps are large
# because the gradient is large. Later steps shrink with it, although the rate is constant.
#
# *Rate 1.0: too large.* The loss is 132.6 after one step, 1430 after two, about 1e63 after 60. Each
# step goes in the right direction but far past the minimum. It lands on the other side, where the
# slope is even steeper, so the next step is longer. The loss grows about elevenfold each time.
#
# *Why.* For L = (beta - 1)^2 the gradient is 2 (beta - 1), so one step multiplies the distance
# beta - 1 by 1 - 2 alpha: by 0.98, 0.8 and -1. At 0.01 and 0.1 it shrinks; at 1.0 it jumps from
# side to side forever; above 1.0 it grows. In general the factor is 1 - alpha * curvature, and the
# distance grows when alpha > 2 / curvature. Our data are more curved than the small case (the
# largest curvature is about 4.3), so the limit is about 0.47 and the rate 1.0 diverges: its factor
# is -3.29, and 3.29 squared is the factor of about 11 in the loss. The flat direction (curvature
# about 0.5) is why even the rate 0.1 needs many steps to get very close.
#
# *How to recognize it.* Too small: a smooth curve that is still falling when training stops. Too
# large: a curve that rises, jumps up and down, or ends in inf or nan.
# ### END SOLUTION

# %% [markdown]
# #| rubric: learning_rate
# * 1 point: rate 0.01 lowers the loss slowly and is not done after 60 steps; with a number.
# * 1 point: rate 0.1 reaches the loss of the best line (about 0.60); with a number.
# * 1 point: rate 1.0 diverges because each step overshoots the minimum; with a number.
# * 1 point: in the small case, one step multiplies the distance by 1 - 2 alpha (or words for it).
# * 1 point: it grows above alpha = 1; on our data the limit is lower, as their loss is more curved.
# * 1 point: from the curve alone: still falling is too small; rising or jumping is too large.

# %% [markdown]
# # Part 2. A network
#
# ## 2.1 A line is not enough
#
# Now let the truth be a curve, $y = x^3$ on $[-2, 2]$, without noise. To say how good a model is,
# we use the share of the variance of $y$ that it explains,
#
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2} .$$
#
# It is 1 for perfect predictions, 0 for a model that always predicts the mean, and negative for a
# model that is worse than that. We measure it at points that were not used for fitting.

# %%
def r_squared(y_hat, y):
    """Share of the variance of y that the predictions explain; arrays or tensors of one shape."""
    assert y_hat.shape == y.shape, f"the shapes {y_hat.shape} and {y.shape} differ"
    return 1 - float(((y - y_hat) ** 2).sum() / ((y - y.mean()) ** 2).sum())


x_fit = np.linspace(-2, 2, 200)  # to fit
x_new = np.random.default_rng(seed + 1).uniform(-2, 2, size=1000)  # to measure
beta_cubic = normal_equation(design_matrix(x_fit), x_fit**3)
line_r2 = r_squared(predict_linear(design_matrix(x_new), beta_cubic), x_new**3)
intercept_shown = round(beta_cubic[0], 2) + 0.0  # + 0.0 turns -0.0 into 0.0
print(f"best line: intercept {intercept_shown:.2f}, slope {beta_cubic[1]:.2f}, "
      f"R² on new points {line_r2:.3f}")

# %%
#@title Figure 5: a line cannot fit a cubic
fig, ax = plt.subplots()
ax.plot(x_fit, x_fit**3, color=GRAY, lw=3, label="$y = x^3$")
ax.plot(x_fit, predict_linear(design_matrix(x_fit), beta_cubic), color=ORANGE, label="best line")
ax.set(xlabel="x", ylabel="y")
ax.legend(loc="upper left")
show(fig, "The cubic and its best line, which is too high, too low, too high and too low from left "
     "to right.")

# %% [markdown]
# *Figure 5. From left to right, the best line is too high, too low, too high and too low.*
#
# An $R^2$ of about 0.84 sounds good, and yet the line is systematically wrong. It is the *best*
# line, so neither more data nor more steps will help. Always plot a fit, because one number can
# hide its shape. We need a richer family of functions.
#
# ## 2.2 PyTorch in five minutes
#
# From here on we use PyTorch. Its **tensors** behave much like numpy arrays: `@`, `+`, slices and
# `.shape` work the same way. They can do two more things: run on a GPU, and compute gradients.

# %%
pairs = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
print("shape:", tuple(pairs.shape), " dtype:", pairs.dtype)  # float32, numpy's default is float64
print("matrix times vector:", pairs @ torch.tensor([1.0, -1.0]))
print("one number, as a Python float:", pairs.sum().item())
column = torch.linspace(-2, 2, 5).unsqueeze(1)  # unsqueeze(1) adds an axis: (5,) becomes (5, 1)
print("from (5,) to", tuple(column.shape))
print("back to numpy:", column.numpy().ravel())

# %% [markdown]
# Mind the type. PyTorch computes in float32 and numpy in float64, and a product of the two stops
# with *mat1 and mat2 must have the same dtype*, or a message like it. `torch.tensor(array,
# dtype=torch.float32)` makes a float32 tensor from an array.
#
# A **layer** is an object that holds trainable numbers, its *parameters*, and that you call like a
# function. `nn.Linear(d, h)` maps the $d$ values $x$ of an example to $h$ values $Wx + b$. It
# starts with random numbers. Its `weight` has shape `(h, d)`, outputs first, and its `bias` has
# shape `(h,)`. Data come in batches with one example per row: `(n, d)` goes in, and `(n, h)` comes
# out. For rows, the same formula reads `x @ W.T + b`.

# %%
example_layer = nn.Linear(2, 4)
print("weight:", tuple(example_layer.weight.shape), " bias:", tuple(example_layer.bias.shape))
print("three examples in:", tuple(pairs.shape), " out:", tuple(example_layer(pairs).shape))
by_hand = pairs @ example_layer.weight.T + example_layer.bias
difference = (example_layer(pairs) - by_hand).abs().max().item()
print(f"largest difference from x @ W.T + b: {difference:.6f}")

# %% [markdown]
# In the printed values of a tensor you will see `grad_fn=...` or `requires_grad=True`. It means
# that PyTorch records the computation, to be able to compute gradients later. To only look at
# values, use `with torch.no_grad():`, or `.detach()`, which gives the tensor without its record.
#
# ## 2.3 More layers of the same do not help (core)
#
# A natural idea is to feed the output of one linear layer into another:
#
# $$z = W_1 x + b_1, \qquad y = W_2 z + b_2 ,$$
#
# with $d$ inputs $x$, $h$ values $z$ in between, and $o$ outputs $y$. Insert the first equation
# into the second and multiply out. The result has the form $y = W x + b$. So two linear layers are
# one linear layer, however wide the middle is. Find $W$ and $b$ on paper first.

# %%
#| exercise: collapse_linear
def collapse_linear(W1, b1, W2, b2):
    """The one linear layer that equals two stacked ones.

    W1: tensor (h, d) and b1: tensor (h,), the layer that is applied first.
    W2: tensor (o, h) and b2: tensor (o,), the layer that is applied to its output.
    Returns (W, b), tensors of shapes (o, d) and (o,), such that W x + b = W2 (W1 x + b1) + b2 for
    every x of shape (d,).

    Example: W1 = [[1, 2], [3, 4]], b1 = [1, 0], W2 = [[1, -1]] and b2 = [5] turn x = (1, 1) into
    (4, 7) and then into 4 - 7 + 5 = 2. So do W = [[-2, -2]] and b = [6]: -2 - 2 + 6 = 2.
    """
    ### BEGIN SOLUTION
    return W2 @ W1, W2 @ b1 + b2
    ### END SOLUTION


# %%
#| check: collapse_linear
_W, _b = collapse_linear(torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 0.0]),
                         torch.tensor([[1.0, -1.0]]), torch.tensor([5.0]))
assert _W.tolist() == [[-2.0, -2.0]], f"expected W = [[-2, -2]], of shape (1, 2); got {_W}"
assert _b.tolist() == [6.0], f"b1 passes through the second layer: expected b = [6], got {_b}"
print("collapse_linear: looks right so far")

# %% [markdown]
# So two linear layers with ten values in between, 31 parameters in all, are nothing more than one
# slope and one intercept:

# %%
torch.manual_seed(seed)  # PyTorch's own random numbers, from which layers take their first weights
first, second = nn.Linear(1, 10), nn.Linear(10, 1)
W, b = collapse_linear(first.weight, first.bias, second.weight, second.bias)
print(f"collapsed: y = {W.item():.4f} x + {b.item():.4f}")
for x_value, stacked in zip(column, second(first(column)), strict=True):
    print(f"  x = {x_value.item():4.1f}: stacked {stacked.item():.4f}, "
          f"collapsed {(W @ x_value + b).item():.4f}")

# %% [markdown]
# ## 2.4 A bend between the layers (core)
#
# A nonlinear function $\sigma$ between the two layers prevents the collapse:
#
# $$y = W_2\,\sigma(W_1 x + b_1) + b_2 .$$
#
# This is the **multilayer perceptron** (MLP) with one hidden layer. Its hidden values are called
# *hidden units*. We take $\sigma(z) = \mathrm{ReLU}(z) = \max(0, z)$, the *rectified linear unit*,
# and apply it to each number separately. Negative values become zero, and the others do not change.
#
# With one input, each hidden unit is a **hinge**: flat on one side and sloped on the other. The
# second layer multiplies each hinge by a weight and adds them up. For example,
# $|x| = \mathrm{ReLU}(x) + \mathrm{ReLU}(-x)$ is an MLP with two hidden units. With $h$ hidden
# units, the function consists of straight pieces that join at up to $h$ kinks. A hinge with slope
# $w$ and shift $b$ bends where $wx + b = 0$, at $x = -b/w$. So $W_1$ and $b_1$ decide where the
# kinks are, and $W_2$ decides how much the slope changes there.
#
# Here are four hinges that we set by hand, for the cubic. For fixed hinges, the output is a
# weighted sum, so the best weights are a problem of part 1: the hinges are the columns of $X$, and
# your `normal_equation` finds $W_2$ and $b_2$.

# %%
hinge_slopes = np.array([-1.0, -1.0, 1.0, 1.0])  # W1: two hinges rise to the left, two to the right
hinge_shifts = np.array([-1.0, 0.0, 0.0, -1.0])  # b1: so the kinks, at -b/w, are at -1, 0, 0, 1
products = np.outer(x_fit, hinge_slopes)  # each x times each slope, (200, 4)
hinges = np.maximum(0, products + hinge_shifts)
fitted = normal_equation(np.column_stack([np.ones(200), hinges]), x_fit**3)
constant, hinge_weights = round(fitted[0], 2) + 0.0, fitted[1:]  # + 0.0 turns -0.0 into 0.0
print("weights of the hinges:", np.round(hinge_weights, 2), f" constant: {constant:.2f}")

# %%
#@title Figure 6: hinges and their sum
def draw_hinges(x, weighted_hinges, constant, target):
    """Left: each hinge times its weight. Right: their sum with the constant, and the target."""
    fig, (left, right) = plt.subplots(1, 2, figsize=(7, 3.2), sharex=True)
    looks = zip((BLUE, ORANGE, GREEN, PINK), ("-", "--", "-.", ":"), strict=True)
    for number, (hinge, (color, style)) in enumerate(zip(weighted_hinges.T, looks, strict=True)):
        left.plot(x, hinge, color=color, ls=style, lw=2, label=f"hinge {number + 1}")
    left.set(xlabel="x", ylabel="weight times hinge")
    left.legend(fontsize=8)
    right.plot(x, target, color=GRAY, lw=3, label="target")
    right.plot(x, weighted_hinges.sum(axis=1) + constant, color="black", label="sum")
    right.set(xlabel="x", ylabel="y")
    right.legend(fontsize=8)
    return fig


fig = draw_hinges(x_fit, hinges * hinge_weights, constant, x_fit**3)
show(fig, "Left: four hinges in four colors, two that bend down to the left and two that bend up "
     "to the right. Right: their sum, four straight pieces that follow the cubic.")

# %% [markdown]
# *Figure 6. Left: four hinges, each multiplied by its weight. Right: their sum has kinks where the
# hinges have theirs, and follows the cubic far better than a line does.*
#
# In a neural network, training also finds where the kinks should be. Figure 7 shows an MLP with two
# inputs, three hidden units and one output as a diagram. Each arrow is a weight. Each hidden unit
# and each output also has a bias.

# %%
#@title Figure 7: an MLP as a diagram
fig, ax = plt.subplots(figsize=(6.5, 3.2))
ax.set(xlim=(-0.6, 4.6), ylim=(-0.75, 2.75))
ax.axis("off")
inputs_at = [(0.0, height) for height in (0.5, 1.5)]
hidden_at = [(2.0, height) for height in (0.0, 1.0, 2.0)]
output_at = [(4.0, 1.0)]
for sources, targets in ((inputs_at, hidden_at), (hidden_at, output_at)):
    for start in sources:
        for end in targets:
            ax.annotate("", end, start, arrowprops={
                "arrowstyle": "-|>", "color": GRAY, "shrinkA": 19, "shrinkB": 20})
for spots, color, names in (
    (inputs_at, "white", ("$x_2$", "$x_1$")),
    (hidden_at, "#CFE3F1", ("$h_3$", "$h_2$", "$h_1$")),
    (output_at, "#F6D9C6", ("$y$",)),
):
    for spot, name in zip(spots, names, strict=True):
        ax.add_patch(plt.Circle(spot, 0.27, fc=color, ec="black"))
        ax.text(*spot, name, ha="center", va="center")
for across, text in (
    (0.0, "input"), (1.0, "$W_1$: 6 weights"), (2.0, "hidden layer\n$\\mathrm{ReLU}(W_1 x + b_1)$"),
    (3.05, "$W_2$: 3 weights"), (4.0, "output\n$W_2 h + b_2$"),
):
    ax.text(across, -0.45, text, ha="center", va="top", fontsize=8)
ax.text(2.0, 2.45, "$b_1$: 3 biases", ha="center", fontsize=8)
ax.text(4.0, 1.45, "$b_2$: 1 bias", ha="center", fontsize=8)
ax.set_aspect("equal")
show(fig, "Two input circles, each joined by arrows to three hidden circles, which are joined by "
     "arrows to one output circle: 6 weights and 3 biases, then 3 weights and 1 bias.")

# %% [markdown]
# *Figure 7. An MLP with two inputs, three hidden units and one output. A ReLU acts on each hidden
# unit, and none on the output.*
#
# **Try it without code.** In the [TensorFlow
# Playground](https://playground.tensorflow.org/#activation=linear&dataset=circle&networkShape=4,2&learningRate=0.03),
# train a network with *Linear* activation on the circle: the loss hardly falls, as
# `collapse_linear` predicts, although it has two hidden layers. Change the activation to *ReLU*,
# remove one hidden layer, and use 1, 2, 3 and 4 hidden units. How many do you need, and how many
# corners has the region around the blue points? The small pictures in the units show their hinges.
# In [the course's playground](https://playground.hakyimlab.org), choose *Regression* and the cubic,
# first with *Linear* and then with *ReLU*, with 2 and with 4 hidden units.
#
# How many adjustable numbers does an MLP have? Write down the shapes of $W_1$, $b_1$, $W_2$ and
# $b_2$ for $d$ inputs, $h$ hidden units and $o$ outputs, and count their entries.

# %%
#| exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    """Number of weights and biases of an MLP with one hidden layer.

    All three arguments are positive ints. Returns an int. Both layers have a bias.
    Compute it from the three sizes; no network needs to be built.

    Example: Figure 7 has 2 inputs, 3 hidden units and 1 output, so 6 + 3 + 3 + 1 = 13 parameters.
    """
    ### BEGIN SOLUTION
    return (input_dim + 1) * hidden_dim + (hidden_dim + 1) * output_dim
    ### END SOLUTION


# %%
#| check: count_parameters
assert count_parameters(2, 3, 1) == 13, f"6 + 3 + 3 + 1 = 13; got {count_parameters(2, 3, 1)}"
assert count_parameters(1, 10, 1) == 31, "1 input, 10 hidden units and 1 output make 31"
print("count_parameters: looks right so far")

# %% [markdown]
# ## 2.5 The MLP in PyTorch (core)
#
# A model in PyTorch is a class. If you have never written one: a class describes a kind of object,
# and calling it creates one such object. `MLP(2, 20, 9)` creates a model, and Python then runs
# `__init__(self, 2, 20, 9)`. Here `self` is the new object. `self.line = ...` stores something in
# it, as an *attribute*, and every function of the class (a *method*) can use it as `self.line`.
#
# The class of a model *inherits* from `nn.Module`: it gets all that `nn.Module` can do, and adds
# two methods. `__init__` creates what the model is made of and stores it as attributes of `self`;
# this is how PyTorch finds the parameters. `forward` says how an input becomes an output. You call
# `model(x)`, and PyTorch calls `forward(x)`.
#
# Here is a complete model, a parabola $y = wx + b + ax^2$. It uses one layer, and one parameter of
# its own:

# %%
class Parabola(nn.Module):
    """y = w x + b + a x², with the trainable numbers w, b and a."""

    def __init__(self):
        super().__init__()  # nn.Module prepares its lists of parameters; always the first line
        self.line = nn.Linear(1, 1)  # holds w and b
        self.a = nn.Parameter(torch.tensor(0.5))  # a tensor that training may change

    def forward(self, x):
        return self.line(x) + self.a * x**2  # (n, 1) goes in, (n, 1) comes out


torch.manual_seed(seed)
parabola = Parabola()
print(parabola)
for parameter_name, parameter in parabola.named_parameters():
    print(f"  {parameter_name} starts at {parameter.item():.3f}")
print("number of parameters:", sum(p.numel() for p in parabola.parameters()))
print("five examples in:", tuple(column.shape), " out:", tuple(parabola(column).shape))

# %% [markdown]
# `parameters()` finds the parameters of all layers, and `numel()` counts the numbers in a tensor.
# So `sum(p.numel() for p in parabola.parameters())` goes through the parameters and adds up their
# sizes.
#
# PyTorch has the ReLU in three spellings, and you can use any of them: the functions
# `torch.relu(z)` and `F.relu(z)` (`F` is `torch.nn.functional`), and `nn.ReLU()`, a layer without
# parameters that you create in `__init__` and call in `forward`.

# %%
signs = torch.tensor([-2.0, -0.5, 0.0, 3.0])
relu_layer = nn.ReLU()
print(torch.relu(signs), F.relu(signs), relu_layer(signs))

# %% [markdown]
# Now write the MLP. Create its two layers in `__init__`, and write
# $W_2\,\mathrm{ReLU}(W_1 x + b_1) + b_2$ in `forward`.

# %%
#| exercise: MLP
class MLP(nn.Module):
    """Multilayer perceptron with one hidden layer.

    Two linear layers, both with a bias, and a ReLU between them; nothing else. The first layer maps
    input_dim to hidden_dim values, the second hidden_dim to output_dim.
    """

    def __init__(self, input_dim, hidden_dim, output_dim):
        """Create the layers and store them as attributes of self."""
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden = nn.Linear(input_dim, hidden_dim)
        self.output = nn.Linear(hidden_dim, output_dim)
        ### END SOLUTION

    def forward(self, x):
        """x: tensor (n, input_dim). Returns a tensor (n, output_dim), also when output_dim is 1."""
        ### BEGIN SOLUTION
        return self.output(torch.relu(self.hidden(x)))
        ### END SOLUTION


# %%
#| check: MLP
_model, _x = MLP(2, 20, 9), torch.randn(50, 2)
_n = sum(p.numel() for p in _model.parameters())
assert _n == 249, f"249 numbers, found {_n}: two layers with bias, stored as attributes of self?"
assert tuple(_model(_x).shape) == (50, 9), f"(50, 2) in, (50, 9) out; got {_model(_x).shape}"
assert (_model(_x) < 0).any(), "no output is negative: is there a ReLU after the last layer?"
_bend = _model(_x) + _model(-_x) - 2 * _model(0 * _x)  # zero for every straight line
assert _bend.abs().max() > 1e-4, "the model is a straight line: put a ReLU between the layers"
assert MLP(2, 3, 1)(_x).dim() == 2, "one output should give shape (n, 1): do not squeeze it"
print("MLP: looks right so far")

# %% [markdown]
# ## 2.6 The training loop (core)
#
# The MLP has no normal equation: its loss is not a simple bowl, and no formula gives the lowest
# point. But the rule $\theta \leftarrow \theta - \alpha\nabla L$ works as before, and PyTorch
# computes $\nabla L$ for us. It records each operation of the forward computation, and then applies
# the chain rule backward through the record (*backpropagation*). You ask for it with
# `loss.backward()`, and find the gradient of each parameter in its `.grad`. On the line of part 1,
# it must agree with the gradient that you derived. (`torch.from_numpy` turns an array into a tensor
# and keeps its type, here float64, so `beta_torch` needs that type, too. `requires_grad=True` asks
# PyTorch to record what is computed from it.)

# %%
beta_torch = torch.zeros(2, dtype=torch.float64, requires_grad=True)
F.mse_loss(torch.from_numpy(X) @ beta_torch, torch.from_numpy(y)).backward()
print("by PyTorch:", beta_torch.grad.numpy())
print("by you:    ", mse_gradient(X, y, np.zeros(2)))

# %% [markdown]
# One thing surprises everybody once. PyTorch *adds* each new gradient to the stored one. (This is
# useful when a gradient is summed over several parts of the data.) The derivative of $3w$ is 3, but
# if we ask twice:

# %%
w = torch.tensor(1.0, requires_grad=True)
for attempt in (1, 2):
    (3 * w).backward()
    print(f"after call {attempt}: w.grad = {w.grad.item()}")

# %% [markdown]
# So the old gradients must be cleared before each new `backward`. Here is one complete training
# step, for the parabola of section 2.5 and three data points. The **optimizer** holds the model's
# parameters and moves them. Ours is `SGD`, short for *stochastic gradient descent*; on all data at
# once, as here, it is the plain gradient descent of part 1.

# %%
toy_x = torch.tensor([[-1.0], [0.0], [2.0]])
toy_y = torch.tensor([[1.0], [0.0], [4.0]])  # the points lie on y = x²
toy_sgd = torch.optim.SGD(parabola.parameters(), lr=0.02)

toy_loss = F.mse_loss(parabola(toy_x), toy_y)  # forward, and the loss
toy_sgd.zero_grad()  # forget old gradients
toy_loss.backward()  # compute new ones
print(f"loss before the step: {toy_loss.item():.3f};  a = {parabola.a.item():.3f}, "
      f"its gradient is {parabola.a.grad.item():.3f}")
toy_sgd.step()  # move every parameter by minus the rate times its gradient
print(f"loss after the step:  {F.mse_loss(parabola(toy_x), toy_y).item():.3f};  "
      f"a = {parabola.a.item():.3f}")

# %% [markdown]
# Training repeats this step. One pass over the data is called an **epoch**.

# %%
#@title Figure 8: the training loop as a diagram
fig, ax = plt.subplots(figsize=(6.5, 3.9))
ax.set(xlim=(-3.3, 3.3), ylim=(-1.75, 1.75))
ax.axis("off")
stages = (
    ("1. forward", "compute predictions"), ("2. loss", "compare with targets"),
    ("3. zero_grad", "forget old gradients"), ("4. backward", "compute new gradients"),
    ("5. step", "move the parameters"),
)
angles = np.pi / 2 - 2 * np.pi * np.arange(5) / 5
spots = np.column_stack([2.2 * np.cos(angles), 1.3 * np.sin(angles)])
for number, (name, what) in enumerate(stages):
    edge = ORANGE if number == 4 else BLUE
    ax.text(*spots[number], f"{name}\n{what}", ha="center", va="center", fontsize=9,
            bbox={"boxstyle": "round,pad=0.45", "fc": "white", "ec": edge, "lw": 1.5})
    gap = 78 if number == 2 else 34  # the third arrow is horizontal, and the boxes are wide
    ax.annotate("", spots[(number + 1) % 5], spots[number], zorder=0, arrowprops={
        "arrowstyle": "-|>", "color": GRAY, "lw": 1.5, "shrinkA": gap, "shrinkB": gap,
        "connectionstyle": "arc3,rad=-0.15"})
ax.text(0, 0, "one epoch;\nrepeat", ha="center", va="center", fontsize=10)
show(fig, "Five boxes in a circle, joined by arrows: forward, loss, zero_grad, backward, step, and "
     "back to forward. Only step changes the parameters.")

# %% [markdown]
# *Figure 8. The training loop. Only `step` (orange) changes the parameters.*
#
# | step | what it does | why |
# |---|---|---|
# | forward | compute the predictions | the loss needs them, and PyTorch records the operations |
# | loss | compare them with the targets | one number to make smaller |
# | `zero_grad` | clear the old gradients | otherwise they add up |
# | `backward` | compute the new gradients | fills `.grad` of every parameter |
# | `step` | let the optimizer move the parameters | $\theta \leftarrow \theta - \alpha\nabla L$ |
#
# `zero_grad` and `step` are methods of the optimizer, and `backward` is a method of the loss. Use
# `.item()` to store a loss as a Python float.
#
# Before the loop, call `model.train()`. Despite its name, this method does not train anything: it
# puts the model in training mode, and `model.eval()` puts it in evaluation mode (`model.training`
# is `True` or `False`). For our MLP the mode changes nothing, but some layers that you will meet
# later (dropout, batch normalization) behave differently in training and in use. There is no need
# to switch back at the end.
#
# Here each epoch uses all examples at once (*full batch*), so an epoch is one step. In week 2 you
# will split the data into smaller batches.

# %%
#| exercise: train
def train(model, x, y, loss_fn, optimizer, n_epochs):
    """Train a model on the full batch.

    model: nn.Module. x, y: tensors, inputs and targets, on the model's device.
    loss_fn: called as loss_fn(prediction, target), returns a scalar tensor.
    optimizer: a torch optimizer that already holds the model's parameters.
    n_epochs: how many epochs; each one uses all of x and y and takes one optimizer step.
    Puts the model in training mode, with model.train(). Returns a list of n_epochs Python floats:
    the loss of each epoch, as it was before that epoch's step.

    Details: Do not create another optimizer, and do not split or shuffle the data. Take all
    n_epochs steps, also if the loss does not fall.

    Example: the model is w*x with w = 0, the only data are x = 1 and y = 2, and the rate is 1/8.
    The loss is (w - 2)^2 and its gradient is 2 (w - 2).
      epoch 1: loss 4,       gradient -4,     then w = 0 + 0.5
      epoch 2: loss 2.25,    gradient -3,     then w = 0.5 + 0.375
      epoch 3: loss 1.2656,  gradient -2.25,  then w = 0.875 + 0.28125 = 1.15625
    """
    ### BEGIN SOLUTION
    model.train()
    losses = []
    for _ in range(n_epochs):
        prediction = model(x)
        loss = loss_fn(prediction, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
    ### END SOLUTION


# %%
#| check: train
_model = nn.Linear(1, 1, bias=False)
nn.init.zeros_(_model.weight)
_out = train(_model.eval(), torch.tensor([[1.0]]), torch.tensor([[2.0]]), nn.MSELoss(),
             torch.optim.SGD(_model.parameters(), lr=0.125), 3)
assert isinstance(_out, list) and isinstance(_out[0], float), f"return a list of floats: {_out}"
assert not np.isclose(_out[2], 0.390625), "old gradients are added to the new ones: clear them"
assert not np.allclose(_out, 4), "the loss stays the same: call zero_grad, backward, step, in order"
assert not np.allclose(_out[:2], [2.25, 1.265625]), "store each loss as it was before the step"
assert np.allclose(_out, [4, 2.25, 1.265625]), f"expected 4, 2.25, 1.2656 (docstring), got {_out}"
assert _model.training, "put the model in training mode with model.train()"
print("train: looks right so far")

# %% [markdown]
# ## 2.7 The learning curve
#
# First we need the data as tensors: float32, with shape `(n, 1)`, on the device on which we train.
# (`device` is the GPU if there is one, or else the CPU. The setup cell has set it, and
# `.to(device)` moves a tensor or a model there.) Both axes matter. If you subtract a tensor of
# shape `(n,)` from one of shape `(n, 1)`, there is no error. You get an `(n, n)` table of
# differences, and a model that learns nonsense.

# %%
x_train = torch.tensor(x_fit, dtype=torch.float32).unsqueeze(1).to(device)
y_train = x_train**3
x_unseen = torch.tensor(x_new, dtype=torch.float32).unsqueeze(1).to(device)
print("x_train:", tuple(x_train.shape), x_train.dtype, "on", x_train.device)

# %% [markdown]
# Now we train two models with plain gradient descent: a single linear layer, and an MLP with ten
# hidden units. The loss function is `nn.MSELoss()`, PyTorch's mean squared error. The loss against
# the epoch is the **learning curve**, the first thing to look at after any training.

# %%
torch.manual_seed(seed)
line_net, small_net = nn.Linear(1, 1).to(device), MLP(1, 10, 1).to(device)
print(f"parameters of the MLP: {sum(p.numel() for p in small_net.parameters())}, "
      f"you counted {count_parameters(1, 10, 1)}")
curves = {}
for net_name, net in (("line", line_net), ("MLP, 10 hidden units", small_net)):
    sgd = torch.optim.SGD(net.parameters(), lr=0.01)
    curves[net_name] = train(net, x_train, y_train, nn.MSELoss(), sgd, 500)
    with torch.no_grad():
        score = r_squared(net(x_unseen), x_unseen**3)
    print(f"{net_name}: loss {curves[net_name][-1]:.3f} after 500 epochs, "
          f"R² on new points {score:.3f}")
cubic_floor = mse_loss(predict_linear(design_matrix(x_fit), beta_cubic), x_fit**3)
print(f"loss of the normal equation's line: {cubic_floor:.3f}")

# %%
#@title Figure 9: two learning curves
fig, ax = plt.subplots()
for (net_name, curve), color in zip(curves.items(), (ORANGE, BLUE), strict=True):
    ax.plot(curve, color=color, label=net_name)
ax.axhline(cubic_floor, color=GRAY, lw=1, ls=":", label="line, normal equation")
ax.set(xlabel="epoch", ylabel="loss (mean squared error)", yscale="log")
ax.legend(loc="upper right")
show(fig, "Loss against epoch. The line's loss becomes flat at the loss of the normal equation; "
     "the MLP's loss falls below it and is still falling after 500 epochs.")

# %% [markdown]
# *Figure 9. Learning curves of a line and of an MLP.*
#
# The line reaches the loss of the normal equation and stays there. Its curve is flat because there
# is nothing left to learn. The MLP's loss falls below that. At the end its curve is still falling,
# so its training is not finished.
#
# ## 2.8 Your model (core)
#
# Train a network of your own that fits $y = x^3$ well. With your `MLP`, you choose three things:
# the width of the hidden layer, the optimizer with its learning rate, and the number of epochs.
# Plain SGD needs patience here. `torch.optim.Adam` (Kingma and Ba, 2015) adapts the step of each
# parameter as it goes. Its learning rate is roughly the size of a step, whatever the gradient, and
# values around 0.01 usually work well. You use it exactly like `SGD`.
#
# The goal is an $R^2$ of at least **0.995** on unseen points of $[-2, 2]$. Your notebook is run
# again for grading, so leave some margin: try another seed. If training takes more than ten
# seconds, a smaller network or fewer epochs will do.

# %%
#| exercise: cubic_model
# Train a model on x_train, y_train, for example with your train function, and call it cubic_model.
# It must be an nn.Module on device that maps float32 (n, 1) to (n, 1): an MLP, or another network.
# Take as many epochs as you like: the number epochs from the top, or one of your own.
# It has to learn the shape from the data: do not build x**3 into the model or its inputs, also not
# as a product such as x**2 * x.
torch.manual_seed(seed)
### BEGIN SOLUTION
cubic_model = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.02)
cubic_losses = train(cubic_model, x_train, y_train, nn.MSELoss(), optimizer, epochs)
### END SOLUTION

# %%
#| check: cubic_model
_x = (torch.rand(500, 1, generator=torch.Generator().manual_seed(1)) * 4 - 2).to(device)
with torch.no_grad():
    _r2 = r_squared(cubic_model(_x), _x**3)
assert _r2 >= 0.995, f"R² is {_r2:.4f} (a line: 0.84): more units or epochs, or another rate?"
print(f"cubic_model: looks right so far, with an R² of {_r2:.4f} on unseen points")

# %% [markdown]
# How well does it fit, and what does it predict where it had no data?

# %%
#@title Figure 10: inside and outside the training range
x_wide = torch.linspace(-3.2, 3.2, 321).unsqueeze(1)
with torch.no_grad():
    wide = cubic_model(x_wide.to(device)).cpu()


def shade_outside(ax):
    for left, right in ((-3.2, -2), (2, 3.2)):
        ax.axvspan(left, right, color=GRAY, alpha=0.2, lw=0)
    ax.set(xlabel="x (shaded: no training data)", ylabel="y", xlim=(-3.2, 3.2))


fig, ax = plt.subplots()
shade_outside(ax)
ax.plot(x_wide, x_wide**3, color=GRAY, lw=3, label="$y = x^3$")
ax.plot(x_fit, predict_linear(design_matrix(x_fit), beta_cubic), color=ORANGE, label="best line")
ax.plot(x_wide, wide, color=BLUE, label="cubic_model")
ax.legend(loc="upper left", bbox_to_anchor=(0.2, 1.0))
print(f"R² on new points of [-2, 2]: line {line_r2:.3f}, "
      f"cubic_model {r_squared(cubic_model(x_unseen).detach(), x_unseen**3):.4f}")
at_three = cubic_model(torch.tensor([[3.0]], device=device)).item()
print(f"at x = 3, where y = 27: cubic_model predicts {at_three:.1f}")
show(fig, "The cubic, its best line and the trained network from -3.2 to 3.2. Between -2 and 2 the "
     "network lies on the cubic; outside it continues almost as a straight line while the cubic "
     "curves away.")

# %% [markdown]
# *Figure 10. Inside the training range (white) the network lies on the cubic. Outside (shaded) it
# does not.*
#
# Outside the range, a ReLU network continues almost as a straight line, while the cubic curves
# away. There are no data there, so nothing in the loss asks for kinks there.
#
# ## 2.9 Growing the hidden layer
#
# How much can a hidden layer express? The **universal approximation theorem** says: for every
# continuous function on a closed and bounded set, and for every tolerance, there is a width and
# there are weights with which a network of one hidden layer stays within that tolerance everywhere
# on the set. Cybenko (1989) proved it for S-shaped (sigmoidal) $\sigma$, Hornik (1991) for every
# $\sigma$ that is continuous, bounded and not constant, and Leshno and colleagues (1993) for a
# class that includes ReLU: there it holds exactly when $\sigma$ is not a polynomial.
#
# Read the theorem word by word: *continuous*, *closed and bounded*, *there is* a width, *there are*
# weights. Each of these words limits what it promises. Section 2.10 asks you for these limits, so
# look for them in the figures that follow.
#
# Here is a wavy target, $y = \sin 2x$, and hidden layers of growing width. We train each width from
# three random starts.

# %%
def fit_network(target, hidden_dim, n_epochs, start_seed):
    """Train an MLP on target(x) for x in x_train; returns the model and its R² on new points."""
    torch.manual_seed(start_seed)
    net = MLP(1, hidden_dim, 1).to(device)
    adam = torch.optim.Adam(net.parameters(), lr=0.03)
    train(net, x_train, target(x_train), nn.MSELoss(), adam, n_epochs)
    with torch.no_grad():
        return net, r_squared(net(x_unseen), target(x_unseen))


def wave(x):
    return torch.sin(2 * x)


best_fits = {}
for width in (1, 2, 4, 8, 16, 32):
    fits = [fit_network(wave, width, 400, seed + start) for start in range(3)]
    best_fits[width] = max(fits, key=lambda fit: fit[1])  # the fit with the highest R²
    print(f"width {width:2d}: R² of the three starts " + ", ".join(f"{s:.3f}" for _, s in fits))

# %%
#@title Figure 11: growing width
fig, axes = plt.subplots(2, 3, figsize=(7, 4), sharex=True, sharey=True)
for ax, (width, (net, score)) in zip(axes.flat, best_fits.items(), strict=True):
    ax.plot(x_fit, wave(x_train).cpu(), color=GRAY, lw=3)
    ax.plot(x_fit, net(x_train).detach().cpu(), color=BLUE)
    ax.set_title(f"{width} hidden unit{'s' * (width > 1)}, $R^2$ = {score:.3f}", fontsize=9)
fig.supxlabel("x", fontsize=10)
fig.supylabel("y (gray: target, blue: MLP)", fontsize=10)
show(fig, "Six panels with the target sin 2x and the MLP's fit. With 1 and 2 hidden units the fit "
     "misses most of the wave; with 4 it follows it in straight pieces; from 8 on it lies on it.")

# %% [markdown]
# *Figure 11. The best of three starts for each width. With few units you can count the kinks. With
# many, the pieces are so short that the curve looks smooth.*
#
# Look at the three starts, too: networks of the same width can end at quite different fits. An
# $R^2$ near 0 means a flat prediction. If a hidden unit gives zero for all examples, its gradient
# is zero as well, and training cannot revive it (a *dead* unit). That good weights *exist* does not
# mean that training *finds* them.
#
# Which hinges did the network with four units find? We take its weights out, as in section 2.4.

# %%
#@title Figure 12: the hinges that training found
four_units, _ = best_fits[4]
numbers = [p.detach().cpu().double().numpy().ravel() for p in four_units.parameters()]
if [len(each) for each in numbers] == [4, 4, 4, 1]:
    found_slopes, found_shifts, found_weights, found_constant = numbers
    found_hinges = np.maximum(0, np.outer(x_fit, found_slopes) + found_shifts) * found_weights
    fig = draw_hinges(x_fit, found_hinges, found_constant, np.sin(2 * x_fit))
    show(fig, "Left: the four hinges of the trained network, each times its weight. Right: their "
         "sum, which follows sin 2x in straight pieces.")
else:
    print("Your MLP stores its parameters in another order than W1, b1, W2, b2: no figure.")

# %% [markdown]
# *Figure 12. The four hinges of the trained network (left) and their sum with the constant (right).
# Here training has placed the kinks as well. In our run, with seed 0, hinge 1 is a dead unit: it is
# zero everywhere between -2 and 2. Your network may differ if your MLP creates its parameters in
# another way; both are right.*
#
# ## 2.10 Your own function (core)
#
# The cell below defines `my_function`, a bump. Change it to another nonlinear function of your
# choice (not $x^3$, not the wave of section 2.9, and not this bump), then vary the width and the
# epochs. Figure 13 shows one width at a time, so write down the two $R^2$ of each run. Write the
# function with torch functions, such as `torch.abs`, `torch.tanh` or `torch.cos`, so that it gives
# a number for every $x$ from -3.2 to 3.2 (`torch.log` and `torch.sqrt` do not). Functions with a
# jump, a sharp corner or many waves teach the most. For a jump, use
# `torch.where(x > 0, 1.0, -1.0)`, with any condition and any two values.

# %%
def my_function(x):
    return torch.exp(-4 * x**2)  # a bump; change it


my_width = 32  # change it
my_epochs = 500  # change it

# %%
#@title Figure 13: your function
my_net, my_score = fit_network(my_function, my_width, my_epochs, seed)
my_x = torch.linspace(-3.2, 3.2, 321).unsqueeze(1)
my_target = my_function(x_train).cpu().numpy().ravel()
my_line = normal_equation(design_matrix(x_fit), my_target)
my_line_score = r_squared(predict_linear(design_matrix(x_new), my_line),
                          my_function(torch.from_numpy(x_new)).numpy())
print(f"R² on new points of [-2, 2]: line {my_line_score:.3f}, MLP {my_score:.3f}")

fig, ax = plt.subplots()
shade_outside(ax)
ax.plot(my_x, my_function(my_x), color=GRAY, lw=3, label="target")
ax.plot(x_fit, predict_linear(design_matrix(x_fit), my_line), color=ORANGE, label="line")
ax.plot(my_x, my_net(my_x.to(device)).detach().cpu(), color=BLUE, label=f"MLP, {my_width} units")
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
show(fig, "Your function, its best line and an MLP trained on it between -2 and 2.")

# %% [markdown]
# *Figure 13. Your function, the best line, and an MLP, inside and outside the training range.*
#
# **Written answer: approximation.** Which function did you try, how did the line and the MLP do,
# and what does the universal approximation theorem *not* promise?
#
# A good answer (about ten lines) names the function and why you chose it, gives the $R^2$ of the
# line and of the MLP for at least two widths, and says where the fit is worst. It then states in
# your own words what the theorem says, and at least three things that it does not promise, each
# with something that you saw in this notebook.

# %% [markdown]
# #| written: approximation, points: 6
# ### BEGIN SOLUTION
# I tried a jump, my_function = (x > 0.3).to(x.dtype), because a gene that is off or on looks like
# one, and because a network of continuous pieces cannot have a jump.
#
# *Results* (seed 0, 500 epochs). R² on new points: line 0.751; MLP with 4 units 0.820, with 32
# units 0.972, with 128 units 0.986. The line gives the trend only. The MLP draws two plateaus
# joined by a steep ramp. Its worst errors, about 0.5, all lie close to x = 0.3; with 32 units, 2000
# epochs instead of 500 raise R² from 0.972 to 0.991.
#
# *What the theorem says.* For a continuous function on a closed, bounded set and any tolerance,
# some width and some weights keep a network with one hidden layer within it everywhere on the set.
#
# *What it does not promise.*
# 1. Anything about functions that are not continuous. Near the jump every continuous network
#    is wrong somewhere by about half its height or more, at every width.
# 2. How wide is wide enough. One and two hidden units could not follow sin 2x.
# 3. That training finds the weights. Starts of equal width ended far apart in Figure 11's numbers,
#    and one unit can end up at zero for all examples and stay there.
# 4. Anything outside the set. At x = 3 cubic_model predicted 18, not 27, although it was close
#    everywhere in [-2, 2].
# 5. That few or noisy examples are enough. Here we had 200 points without noise in one dimension.
# ### END SOLUTION

# %% [markdown]
# #| rubric: approximation
# * 1 point: names a nonlinear function other than the cubic, the wave and the bump, and says why.
# * 1 point: gives R² of the line and of the MLP for at least two widths.
# * 1 point: says where the fit is worst (near a corner or jump, at the ends, outside the range).
# * 1 point: the theorem: continuous, on a bounded set; some width and some weights are enough.
# * 1 point: three things it does not promise (width, training, outside the set, jumps, noise, ...).
# * 1 point: ties each of the three to something seen in this notebook.

# %% [markdown]
# ## 2.11 Deeper (stretch)
#
# So far the network grew in width. It can also grow in depth: the output of one hidden layer, after
# its ReLU, is the input of the next. With two hidden layers,
#
# $$y = W_3\,\sigma(W_2\,\sigma(W_1 x + b_1) + b_2) + b_3 .$$
#
# The second hidden layer bends functions that already have kinks, so a few units can make many
# pieces.
#
# You will write a class for any number of hidden layers, so you do not know in advance how many
# layers to create. Two tools help. The first is plain Python: `*` inserts the entries of one list
# into another, and `zip` pairs two lists. Here are the inputs and outputs of each layer, for 3
# inputs, hidden widths 8 and 5, and 2 outputs:

# %%
widths_shown = [8, 5]
for size_in, size_out in zip([3, *widths_shown], [*widths_shown, 2], strict=True):
    print(f"a layer from {size_in} to {size_out} values")

# %% [markdown]
# The second is `nn.ModuleList`, a list of layers that PyTorch can see into. A plain Python list
# hides its layers, and then the optimizer never trains them. As an example, here is a polynomial
# $c_1 x + c_2 x^2 + \dots$, with one small layer per power of $x$:

# %%
class Polynomial(nn.Module):
    """c1 x + c2 x² + ... up to the given degree, with trainable coefficients."""

    def __init__(self, degree):
        super().__init__()
        self.terms = nn.ModuleList([nn.Linear(1, 1, bias=False) for _ in range(degree)])

    def forward(self, x):
        total, power = torch.zeros_like(x), x
        for term in self.terms:  # loops, indices and slices work as for any list
            total = total + term(power)
            power = power * x
        return total


print("parameters of a polynomial of degree 4:",
      sum(p.numel() for p in Polynomial(4).parameters()))
print("its output for five examples:", tuple(Polynomial(4)(column).shape))

# %% [markdown]
# (`nn.Sequential(layer1, layer2, ...)` is another way: it calls its layers one after the other.
# With a list, write `nn.Sequential(*layers)`.)

# %%
#| exercise: DeepMLP
class DeepMLP(nn.Module):
    """Multilayer perceptron with any number of hidden layers.

    hidden_dims: the widths of the hidden layers, from first to last, as a list or tuple of positive
    ints. Each hidden layer is a linear layer followed by a ReLU. The output layer is linear, with
    no ReLU after it. Every linear layer has a bias. There is nothing else.

    Details: If hidden_dims is empty, the model is a single linear layer. Do not change the list
    that is passed as hidden_dims.

    Example: DeepMLP(2, [3], 1) has the 13 parameters of Figure 7. DeepMLP(2, [3, 4], 1) has
    (6 + 3) + (12 + 4) + (4 + 1) = 30.
    """

    def __init__(self, input_dim, hidden_dims, output_dim):
        """Create the layers, so that PyTorch finds their parameters."""
        super().__init__()
        ### BEGIN SOLUTION
        sizes = zip([input_dim, *hidden_dims], [*hidden_dims, output_dim], strict=True)
        self.layers = nn.ModuleList([nn.Linear(n_in, n_out) for n_in, n_out in sizes])
        ### END SOLUTION

    def forward(self, x):
        """x: tensor (n, input_dim). Returns a tensor (n, output_dim)."""
        ### BEGIN SOLUTION
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)
        ### END SOLUTION


# %%
#| check: DeepMLP
for _widths, _count in (([3], 13), ([3, 4], 30), ((), 3)):
    _model = DeepMLP(2, _widths, 1)
    _n, _out = sum(p.numel() for p in _model.parameters()), _model(torch.randn(5, 2))
    assert _n == _count, f"DeepMLP(2, {_widths}, 1) has {_count} parameters, found {_n}"
    assert tuple(_out.shape) == (5, 1), f"(5, 2) in, (5, 1) out; got {tuple(_out.shape)}"
_model, _x = DeepMLP(2, [16, 16], 40), torch.randn(50, 2)
assert (_model(_x) < 0).any(), "no output is negative: is there a ReLU after the last layer?"
_bend = _model(_x) + _model(-_x) - 2 * _model(0 * _x)  # zero for every straight line
assert _bend.abs().max() > 1e-4, "the model is a straight line: put a ReLU after each hidden layer"
print("DeepMLP: looks right so far")

# %% [markdown]
# Now compare width with depth. On the cubic, nearly every network does well, so here is a harder
# target, $y = \sin 5x$, with about three waves between -2 and 2. We train each network from three
# starts.

# %%
import time


def fast_wave(x):
    return torch.sin(5 * x)


# %%
# This cell needs DeepMLP. If you left that exercise blank, skip this cell: it is the last one.
print("hidden layers    parameters   R² on new points, three starts   CPU seconds, all three")
for hidden_dims in ([4], [16], [64], [256], [4, 4], [16, 16], [64, 64],
                    [4, 4, 4], [16, 16, 16], [64, 64, 64]):
    scores, started = [], time.process_time()
    for start in range(3):
        torch.manual_seed(seed + start)
        deep_net = DeepMLP(1, hidden_dims, 1).to(device)
        adam = torch.optim.Adam(deep_net.parameters(), lr=0.01)
        train(deep_net, x_train, fast_wave(x_train), nn.MSELoss(), adam, 300)
        with torch.no_grad():
            scores.append(r_squared(deep_net(x_unseen), fast_wave(x_unseen)))
    print(f"{hidden_dims!s:16} {sum(p.numel() for p in deep_net.parameters()):10d}   "
          + ", ".join(f"{s:6.3f}" for s in scores)
          + f" {time.process_time() - started:24.1f}")

# %% [markdown]
# Before you read on: which network would you choose if time did not matter, and which if it did?
# How much do the three starts of one network differ?
#
# In our run, with seed 0:
#
# * With 16 units per layer, a second layer helps a lot: $R^2$ rises from at most 0.71 to at least
#   0.94. A third one does not help further within 300 epochs.
# * With 4 units per layer, no depth is enough, and the starts differ widely.
# * Two layers of 64 are the best, with at least 0.995 from every start, and with thousands of
#   parameters. Three reach 1.000 twice, but only 0.975 from the third start. A single layer of 256
#   has fewer parameters, reaches at least 0.987 from every start, and trains faster. It is the
#   better trade-off.
#
# So depth is not better than width as such. For a function of one number, width does well, and a
# deeper network takes longer per epoch and depends more on its start. In week 2, one question needs
# a second layer. On the cubic, or on your own function, the order may be different: try it.
#
# ## Why this matters for genomics
#
# A linear model adds up contributions: so much for each allele, so much for each base. It is a
# strong baseline. In a recent comparison, seven deep learning models (five of them foundation
# models) predicted expression after genetic perturbations no better than deliberately simple
# baselines (Ahlmann-Eltze, Huber and Anders, 2025). But some questions are not sums. A
# transcription factor recognizes a motif as a whole, wherever it lies in the sequence, and no sum
# over single positions can say "here or there". Networks with nonlinear hidden layers can. Early
# examples predict from DNA sequence where proteins bind and what noncoding variants do (DeepBind:
# Alipanahi et al., 2015; DeepSEA: Zhou and Troyanskaya, 2015). They are not plain MLPs but
# convolutional networks, whose architecture suits DNA. Week 2 is about them.
#
# ## Recap
#
# 1. A model is a function with adjustable numbers, the loss says how bad its predictions are, and
#    gradient descent makes the loss smaller: $\theta \leftarrow \theta - \alpha\nabla L(\theta)$.
# 2. A rate that is too small wastes steps; one that is too large overshoots and diverges.
# 3. Stacked linear layers are one linear layer. With a ReLU between them, they add up hinges.
# 4. The training loop is forward, loss, `zero_grad`, `backward`, `step`. Plot its learning curve.
# 5. Good weights may exist and not be found, and no fit says much outside its data. Fit a line
#    first, and measure on data that the model has not seen.
#
# ## References
#
# * Ahlmann-Eltze, Huber, Anders (2025). Deep-learning-based gene perturbation effect prediction
#   does not yet outperform simple linear baselines. *Nature Methods* 22, 1657.
# * Alipanahi, Delong, Weirauch, Frey (2015). Predicting the sequence specificities of DNA- and
#   RNA-binding proteins by deep learning. *Nature Biotechnology* 33, 831.
# * Cybenko (1989). Approximation by superpositions of a sigmoidal function. *Mathematics of
#   Control, Signals, and Systems* 2, 303.
# * Hornik (1991). Approximation capabilities of multilayer feedforward networks. *Neural Networks*
#   4, 251.
# * Kingma, Ba (2015). Adam: a method for stochastic optimization. *ICLR*.
# * Leshno, Lin, Pinkus, Schocken (1993). Multilayer feedforward networks with a nonpolynomial
#   activation function can approximate any function. *Neural Networks* 6, 861.
# * Shabalin (2012). Matrix eQTL: ultra fast eQTL analysis via large matrix operations.
#   *Bioinformatics* 28, 1353.
# * Zhou, Troyanskaya (2015). Predicting effects of noncoding variants with deep learning-based
#   sequence model. *Nature Methods* 12, 931.
