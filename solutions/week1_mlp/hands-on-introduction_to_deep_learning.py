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
# values of those numbers. Both ideas are already present in fitting a straight line, so we start
# there.
#
# * **Part 1 (numpy).** You fit a line in two ways: exactly, with the normal equation, and step by
#   step, with gradient descent. You then look at what the step size does.
# * **Part 2 (PyTorch).** You meet a curve that no line can fit, see why stacking linear layers does
#   not help, and build and train the smallest network that does: a multilayer perceptron (MLP).
#
# **How to work.** Read from top to bottom and run each cell. In an exercise, write your code where
# it says `YOUR CODE HERE` and delete the line that raises `NotImplementedError`. The cell after it
# checks your code on a small example. The checks are there to help you; they do not test
# everything, so read the docstring too. Cells that use a function you have not written yet will
# fail, and that is expected. Before you hand in, restart the kernel and run all cells.

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

if "google.colab" in sys.modules:  # Colab lacks two packages
    # %pip install -q logomaker wandb
    print("To use a GPU, choose Runtime > Change runtime type, then run all cells again.")


def fetch_data(address, files):
    """Fetch the files that are missing here from the course's repository."""
    for file in map(Path, files):
        if file.exists():
            continue
        try:
            with urlopen(f"{address}/{file.as_posix()}", timeout=60) as response:
                content = response.read()
        except Exception as error:
            reason = error if address else "this course has no address for it"
            raise FileNotFoundError(
                f"{file} is missing and cannot be fetched ({reason}): put the week's folder "
                f"'{file.parts[0]}' next to this notebook, and run this cell again"
            ) from None
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


fetch_data("", [])  # `autograder build` writes the week's address and files
device = torch.device('cuda' if torch.cuda.is_available() else 'cpu')
print(f"Python {sys.version.split()[0]}, PyTorch {torch.__version__}, device: {device}")

# %% tags=["parameters"]
seed = 0  # every random number of this notebook follows from it
n_people = 100  # size of the simulated sample in part 1
epochs = 1000  # passes over the data when you train your own network in part 2

# %%
# The look of the figures. The colours can be told apart by colour-blind readers
# (Okabe and Ito's palette).
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#D55E00", "#009E73", "#8C8C8C"
plt.rcParams.update({
    "figure.dpi": 150,
    "figure.figsize": (6, 3.5),
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
})

# %% [markdown]
# # Part 1. A line
#
# Does a genetic variant change how strongly a gene is expressed? Each person carries 0, 1 or 2
# copies of the variant (the *dosage*). A first model says that each copy adds the same amount to
# the expression:
#
# $$\hat y = \beta_0 + \beta_1 x .$$
#
# Fitting this line, one variant and one gene at a time, is how expression quantitative trait loci
# (eQTL) are commonly mapped (Shabalin, 2012). Our data are simulated, so we know the truth: an
# intercept of 2, and 1.5 for each copy, plus noise.

# %%
rng = np.random.default_rng(seed)
dosage = rng.binomial(2, 0.4, size=n_people).astype(float)
expression = 2.0 + 1.5 * dosage + rng.normal(0.0, 0.8, size=n_people)


def design_matrix(x):
    """A column of ones, for the intercept, beside the column x: (n,) becomes (n, 2)."""
    return np.column_stack([np.ones_like(x), x])


X, y = design_matrix(dosage), expression
print(f"X has shape {X.shape}, y has shape {y.shape}; the first three people:")
for row, value in zip(X[:3], y[:3], strict=True):
    print(f"  x = {row},  y = {value:.2f}")

# %% [markdown]
# ## 1.1 Predict
#
# With $p$ features instead of one, the model is a weighted sum,
#
# $$\hat y_i = \sum_{j=1}^{p} X_{ij}\,\beta_j + b, \qquad i = 1, \dots, n .$$
#
# Row $i$ of the matrix $X$ is one example, column $j$ one feature. There are two ways to carry an
# intercept: as a separate number $b$ (the *bias*, as neural networks do), or as the coefficient of
# a column of ones in $X$ (as statisticians do). Your function allows both.

# %%
#| exercise: predict_linear
def predict_linear(X, beta, bias=0.0):
    """Predict with a linear model.

    X: array (n, p), one example a row. beta: array (p,). bias: a number, added to every prediction.
    Returns an array (n,), one prediction for each row of X.
    Use matrix multiplication rather than a loop.
    """
    ### BEGIN SOLUTION
    return X @ beta + bias
    ### END SOLUTION


# %%
#| check: predict_linear
# By hand: 1*10 + 2*1 + 0.5 = 12.5 and 3*10 + 4*1 + 0.5 = 34.5
_X = np.array([[1.0, 2.0], [3.0, 4.0]])
_out = predict_linear(_X, np.array([10.0, 1.0]), bias=0.5)
assert np.shape(_out) == (2,), f"two rows need two predictions, shape (2,); got {np.shape(_out)}"
assert not np.allclose(_out, [12.0, 34.0]), "each prediction is short by 0.5: where is the bias?"
assert not np.allclose(_out, [13.5, 24.5]), "X looks transposed: examples are rows, not columns"
assert np.allclose(_out, [12.5, 34.5]), f"expected [12.5, 34.5] (worked above), got {_out}"
print("predict_linear: looks right so far")

# %% [markdown]
# Here are the data with a guess: intercept 1, slope 2. The points are spread a little sideways so
# that they do not hide each other. The guess is too low on the left. We want the *best* line, and
# for that we need a rule.

# %%
guess = np.array([1.0, 2.0])
grid = np.array([-0.2, 2.2])
sideways = dosage + rng.uniform(-0.1, 0.1, size=n_people)

fig, ax = plt.subplots()
ax.scatter(sideways, expression, s=14, color=GREY, alpha=0.7, label="simulated people")
ax.plot(grid, predict_linear(design_matrix(grid), guess), color=ORANGE, ls="--", label="a guess")
ax.set(xlabel="copies of the variant", ylabel="expression", xticks=[0, 1, 2])
ax.legend(loc="upper left")
plt.show()

# %% [markdown]
# ## 1.2 The exact answer: the normal equation
#
# Call the best line the one whose errors $y - X\beta$ have the smallest sum of squares. The vector
# $X\beta$ can be any combination of the columns of $X$: together these form a plane, and we look
# for the point of that plane that is nearest to $y$. At the nearest point the error stands at a
# right angle to the plane, that is, to every column of $X$:
#
# $$X^\top (y - X\beta) = 0 \quad\Longleftrightarrow\quad X^\top X\,\beta = X^\top y .$$
#
# This is the **normal equation** ("normal" as in perpendicular). If no column of $X$ is a
# combination of the others, it has exactly one solution,
#
# $$\hat\beta = (X^\top X)^{-1} X^\top y .$$
#
# The inverse is good notation, but a computer should not form it: solving the system of $p$
# equations in $p$ unknowns is quicker and more accurate (look for a solver in `np.linalg`).

# %%
#| exercise: normal_equation
def normal_equation(X, y):
    """Least-squares coefficients, exactly.

    X: array (n, p) of full column rank. y: array (n,).
    Returns an array (p,), the beta that minimizes the sum of squared errors of X @ beta.
    Do not add a column of ones: if the model has an intercept, X already holds that column.
    """
    ### BEGIN SOLUTION
    return np.linalg.solve(X.T @ X, X.T @ y)
    ### END SOLUTION


# %%
#| check: normal_equation
# By hand, for the points (0, 1), (1, 2), (2, 4):
#   X'X = [[3, 3], [3, 5]] and X'y = [7, 10], so 3a + 3b = 7 and 3a + 5b = 10: b = 3/2, a = 5/6
_X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
_out = normal_equation(_X, np.array([1.0, 2.0, 4.0]))
assert np.shape(_out) == (2,), (
    f"X has two columns, so beta needs shape (2,); got {np.shape(_out)}. If it is (3,), you may "
    "have added a column of ones to an X that has one"
)
assert np.allclose(_out, [5 / 6, 3 / 2]), f"expected [0.8333, 1.5] (worked above), got {_out}"
print("normal_equation: looks right so far")

# %%
beta_exact = normal_equation(X, y)
print(f"best line: intercept {beta_exact[0]:.3f}, slope {beta_exact[1]:.3f}  (truth: 2 and 1.5)")

fig, ax = plt.subplots()
ax.scatter(sideways, expression, s=14, color=GREY, alpha=0.7, label="simulated people")
ax.plot(grid, predict_linear(design_matrix(grid), guess), color=ORANGE, ls="--", label="a guess")
ax.plot(grid, predict_linear(design_matrix(grid), beta_exact), color=BLUE, label="least squares")
ax.set(xlabel="copies of the variant", ylabel="expression", xticks=[0, 1, 2])
ax.legend(loc="upper left")
plt.show()

# %% [markdown]
# ## 1.3 The loss
#
# The normal equation is special to linear models. For almost any other model no such formula
# exists, and we need a method that asks for less. It starts with a **loss**: one number that says
# how bad the predictions are. Ours is the mean squared error,
#
# $$L = \frac{1}{n}\sum_{i=1}^{n} (\hat y_i - y_i)^2 .$$
#
# Dividing by $n$ changes no minimum, but it lets us compare samples of different sizes.

# %%
#| exercise: mse_loss
def mse_loss(y_hat, y):
    """Mean squared error.

    y_hat: array (n,), the predictions. y: array (n,), the observations.
    Returns one number (a Python float or a 0-d array), not an array of errors.
    """
    ### BEGIN SOLUTION
    return float(np.mean((y_hat - y) ** 2))
    ### END SOLUTION


# %%
#| check: mse_loss
# By hand: the errors are 0, -2 and 3, their squares 0, 4 and 9, and the mean is 13/3
_out = mse_loss(np.array([1.0, 2.0, 4.0]), np.array([1.0, 4.0, 1.0]))
assert np.ndim(_out) == 0, f"the loss is a single number; got shape {np.shape(_out)}"
assert not np.isclose(_out, 13), "this is the sum of the squared errors; we want their mean"
assert not np.isclose(_out, 1 / 3), "positive and negative errors cancel: square each one first"
assert np.isclose(_out, 13 / 3), f"expected 13/3 = 4.333 (worked above), got {_out}"
print("mse_loss: looks right so far")

# %%
print(f"loss of the guess:         {mse_loss(predict_linear(X, guess), y):.3f}")
print(f"loss of the best line:     {mse_loss(predict_linear(X, beta_exact), y):.3f}")
print("variance of the noise:     0.640  (0.8 squared: what no line could explain)")

# %% [markdown]
# ## 1.4 The gradient
#
# Think of the loss as a landscape over the coefficients: each $\beta$ is a place, $L(\beta)$ its
# height. The **gradient** $\nabla L$ points uphill, so $-\nabla L$ points downhill. Let us derive
# it for $\hat y = X\beta$, one coefficient at a time.
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
# There is one such number for each $j$. The sum over the examples $i$ is a product of a matrix with
# the vector $r$; which matrix, and which way round, the shapes will tell you. Setting all $p$
# numbers to zero gives the normal equation again.

# %%
#| exercise: mse_gradient
def mse_gradient(X, y, beta):
    """Gradient of the mean squared error of a linear model, in its coefficients.

    X: array (n, p). y: array (n,). beta: array (p,), where the gradient is taken.
    Returns an array (p,): the exact gradient of mse_loss(X @ beta, y), with the factor 2 that the
    square brings. Compute it from the formula, not by finite differences.
    """
    ### BEGIN SOLUTION
    residual = X @ beta - y
    return 2 / len(y) * (X.T @ residual)
    ### END SOLUTION


# %%
#| check: mse_gradient
# By hand, with beta = (1, 1): the predictions are 1, 2, 3, 4, the errors r = 0, 2, 2, 0.
#   first column:  1*0 + 1*2 + 1*2 + 1*0 = 4, times 2/4: 2
#   second column: 0*0 + 1*2 + 2*2 + 3*0 = 6, times 2/4: 3
_X = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0], [1.0, 3.0]])
_out = mse_gradient(_X, np.array([1.0, 0.0, 1.0, 4.0]), np.array([1.0, 1.0]))
assert np.shape(_out) == (2,), (
    f"one number for each of the two coefficients, shape (2,); got {np.shape(_out)}"
)
assert not np.allclose(_out, [1.0, 1.5]), "off by a factor of 2: differentiate the square"
assert not np.allclose(_out, [8.0, 12.0]), "off by a factor of n = 4: the loss is a mean"
assert not np.allclose(_out, [4.0, 6.0]), "off by a factor: where are the 2 and the 1/n?"
assert not np.allclose(_out, [-2.0, -3.0]), "the sign is turned: an error is prediction minus y"
assert np.allclose(_out, [2.0, 3.0]), f"expected [2, 3] (worked above), got {_out}"
print("mse_gradient: looks right so far")

# %% [markdown]
# ## 1.5 Gradient descent
#
# Stand somewhere, take a step downhill, look again, repeat:
#
# $$\theta \leftarrow \theta - \alpha\,\nabla L(\theta) .$$
#
# Here $\theta$ stands for all adjustable numbers, for us $\beta$, and $\alpha$ is the **learning
# rate**. The step is $\alpha$ times the gradient, so steps shrink by themselves where the landscape
# flattens. Nothing in this rule is special to lines: it needs a loss and its gradient, nothing
# else. In one variant or another it trains every network of this course.

# %%
#| exercise: gradient_descent
def gradient_descent(X, y, lr, n_steps, beta0=None):
    """Minimize the mean squared error of a linear model by gradient descent.

    X: array (n, p). y: array (n,). lr: the learning rate. n_steps: how many steps to take.
    beta0: array (p,), where to start; None means at zeros. Do not change the caller's array.
    Returns an array (n_steps + 1, p): every beta on the way, the start first, the last one last.
    Take plain steps along the exact gradient (your mse_gradient). Do not clip, shrink or stop
    early: with a rate that is too large the trajectory should diverge.
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
# By hand: one feature that is always 1, and y = 2, 4. Then L is smallest at 3 and its gradient is
# 2 (beta - 3). With lr = 0.25 each step halves the distance to 3: 0, 1.5, 2.25, 2.625
_X, _y = np.array([[1.0], [1.0]]), np.array([2.0, 4.0])
_out = np.asarray(gradient_descent(_X, _y, 0.25, 3))
assert _out.shape == (4, 1), (
    f"three steps visit four places, the start included: shape (4, 1), got {_out.shape}"
)
assert not np.all(_out == _out[0]), "all rows are equal: did you store one array again and again?"
assert _out[0, 0] == 0, f"the first row is the start, zeros by default; got {_out[0]}"
assert _out[-1, 0] > 0, "beta moves away from the minimum: which sign has the step?"
assert np.allclose(_out[:, 0], [0, 1.5, 2.25, 2.625]), (
    f"expected 0, 1.5, 2.25, 2.625 (worked above), got {_out[:, 0]}. If the check of mse_gradient "
    "fails as well, repair that first"
)
_start = np.array([7.0])
_out = np.asarray(gradient_descent(_X, _y, 0.25, 2, beta0=_start))
assert np.allclose(_out[:, 0], [7, 5, 4]), f"from 7 it goes to 5 and 4; got {_out[:, 0]}"
assert _start[0] == 7, "the caller's beta0 was changed: work on a copy of it"
print("gradient_descent: looks right so far")

# %% [markdown]
# Let us watch it. Each point of the next figure is a line: intercept across, slope upwards. Each
# contour joins lines of equal loss. The walk starts at the line $\hat y = 0$ and should end at the
# cross, the exact answer.

# %%
path = gradient_descent(X, y, lr=0.1, n_steps=100)

intercepts, slopes = np.linspace(-0.4, 3.6, 61), np.linspace(-0.4, 3.6, 61)
surface = np.array([
    [mse_loss(predict_linear(X, np.array([a, b])), y) for a in intercepts] for b in slopes
])

fig, ax = plt.subplots(figsize=(6, 4))
levels = surface.min() + np.geomspace(0.02, 15, 10)
ax.contour(intercepts, slopes, surface, levels=levels, colors=GREY, linewidths=0.8, alpha=0.8)
ax.plot(path[:, 0], path[:, 1], "o-", ms=3, lw=1, color=BLUE, label="gradient descent, rate 0.1")
ax.plot(*path[0], "s", ms=7, color=BLUE, label="start")
ax.plot(*beta_exact, "X", ms=10, color=ORANGE, mec="white", label="normal equation")
ax.set(xlabel="intercept", ylabel="slope")
ax.legend(loc="upper right", frameon=True, framealpha=1, edgecolor="white")
plt.show()

for step in (0, 1, 10, 50, 100):
    print(f"step {step:3d}: intercept {path[step, 0]:.3f}, slope {path[step, 1]:.3f}, "
          f"loss {mse_loss(predict_linear(X, path[step]), y):.4f}")
print(f"exact:    intercept {beta_exact[0]:.3f}, slope {beta_exact[1]:.3f}, "
      f"loss {mse_loss(predict_linear(X, beta_exact), y):.4f}")

# %% [markdown]
# The valley is long and narrow. The walk drops into it within a few steps, and then spends most of
# its time creeping along the floor, where the gradient is small. The same happens, in many more
# dimensions, when networks are trained.

# %% [markdown]
# ## 1.6 The learning rate
#
# The one number we had to choose is $\alpha$. Here are three choices on the same data from the same
# start. The loss axis is logarithmic, and one curve leaves it: the numbers above the figure say how
# far it goes.

# %%
n_steps_shown = 60
fig, ax = plt.subplots()
for rate, colour, style in ((0.01, ORANGE, "-"), (0.1, BLUE, "-"), (1.0, GREEN, "--")):
    walk = gradient_descent(X, y, lr=rate, n_steps=n_steps_shown)
    curve = [mse_loss(predict_linear(X, place), y) for place in walk]
    ax.plot(curve, color=colour, ls=style, label=f"rate {rate}")
    print(f"rate {rate:<4}: loss after 0, 1, 2, 10, {n_steps_shown} steps: "
          + ", ".join(f"{curve[step]:.4g}" for step in (0, 1, 2, 10, n_steps_shown)))
floor = mse_loss(predict_linear(X, beta_exact), y)
ax.axhline(floor, color=GREY, lw=1, ls=":", label="normal equation")
print(f"normal equation: loss {floor:.4g}")
ax.set(xlabel="step", ylabel="loss (mean squared error)", yscale="log", ylim=(0.4, 1e3))
ax.legend(loc="upper right")
plt.show()

# %%
#| instructor
# The factor by which one step multiplies the error along each axis of the valley is
# 1 - rate * curvature; the curvatures are the eigenvalues of the Hessian, 2/n X'X.
curvatures = np.linalg.eigvalsh(2 / n_people * X.T @ X)
print(f"curvatures {curvatures.round(2)}; rates above {2 / curvatures.max():.2f} diverge")
for rate in (0.01, 0.1, 1.0):
    print(f"rate {rate:<4}: factors {(1 - rate * curvatures).round(3)}")

# %% [markdown]
# **Written answer: the learning rate.** What happens at each of the rates 0.01, 0.1 and
# 1.0, and why?
#
# A good answer (about ten lines) quotes numbers from the figure for all three rates, and explains
# each of them from the rule $\theta \leftarrow \theta - \alpha\nabla L$. It helps to work through
# the smallest case by hand: one example with $x = 1$, $y = 1$, so that $L = (\beta - 1)^2$. What
# does one step do to the distance $\beta - 1$, at each rate? From which $\alpha$ on does the
# distance grow? End with how you would recognize, from the learning curve alone, a rate that is
# too small and one that is too large.

# %% [markdown]
# #| written: learning_rate, points: 6
# ### BEGIN SOLUTION
# The loss starts at 12.87, and the best line has 0.603.
#
# *Rate 0.01: too small.* The loss falls smoothly but slowly: 5.75 after 10 steps, still 0.709 after
# 60. Every step goes the right way and is a small part of the way that is needed.
#
# *Rate 0.1: good.* 0.632 after 10 steps, 0.6028 after 60. The first steps are large because the
# gradient is large; later ones shrink with it, although the rate is constant.
#
# *Rate 1.0: too large.* 132.6 after one step, 1430 after two, about 1e63 after 60. Each step goes
# the right way but far past the minimum, and lands on the other side where the slope is steeper
# still, so the next step is longer. The loss grows about elevenfold each time.
#
# *Why.* For L = (beta - 1)^2 the gradient is 2 (beta - 1), so one step multiplies the distance
# beta - 1 by 1 - 2 alpha: by 0.98, 0.8 and -1. At 0.01 and 0.1 it shrinks; at 1.0 it jumps from
# side to side for ever; above 1.0 it grows. In general the factor is 1 - alpha * curvature, and
# the distance grows when alpha > 2 / curvature. Our data are more curved than the small case (the
# largest curvature is about 4.3), so the limit is about 0.47 and the rate 1.0 diverges: its factor
# is -3.29, and 3.29 squared is the factor of about 11 in the loss. The flat direction of the valley
# (curvature about 0.5) is why even the rate 0.1 needs many steps for the last bit.
#
# *To recognize it.* Too small: a smooth curve that is still falling when training stops. Too large:
# a curve that rises, jumps up and down, or ends in inf or nan.
# ### END SOLUTION

# %% [markdown]
# # Part 2. A network
#
# ## 2.1 A line is not enough
#
# Now let the truth be a curve, $y = x^3$ on $[-2, 2]$, without any noise. To say how well a model
# does, we use the share of the variance of $y$ that it explains,
#
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2} ,$$
#
# which is 1 for perfect predictions and 0 for always predicting the mean. We measure it at points
# that were not used for fitting.

# %%
def r_squared(y_hat, y):
    """Share of the variance of y that the predictions explain; arrays or tensors of one shape."""
    assert y_hat.shape == y.shape, f"the shapes {y_hat.shape} and {y.shape} differ"
    return 1 - float(((y - y_hat) ** 2).sum() / ((y - y.mean()) ** 2).sum())


x_fit = np.linspace(-2, 2, 200)  # to fit
x_new = np.random.default_rng(seed + 1).uniform(-2, 2, size=1000)  # to measure
beta_cubic = normal_equation(design_matrix(x_fit), x_fit**3)
line_r2 = r_squared(predict_linear(design_matrix(x_new), beta_cubic), x_new**3)
print(f"best line: intercept {abs(beta_cubic[0]):.2f}, slope {beta_cubic[1]:.2f}, "
      f"R² on new points {line_r2:.3f}")

fig, ax = plt.subplots()
ax.plot(x_fit, x_fit**3, color=GREY, lw=3, label="$y = x^3$")
ax.plot(x_fit, predict_linear(design_matrix(x_fit), beta_cubic), color=ORANGE, label="best line")
ax.set(xlabel="x", ylabel="y")
ax.legend(loc="upper left")
plt.show()

# %% [markdown]
# An $R^2$ of about 0.84 sounds respectable, and yet the line is wrong in a systematic way: from
# left to right it is too high, too low, too high and too low. It is the *best* line, so neither
# more data nor more steps will help. Always plot a fit; one number can hide its shape. What we need
# is a richer family of functions.
#
# ## 2.2 More layers of the same do not help
#
# A natural idea is to feed the output of one linear model into another:
#
# $$h = W_1 x + b_1, \qquad y = W_2 h + b_2 ,$$
#
# with $d$ inputs, $h$ values in between and $o$ outputs. Put the first equation into the second and
# multiply out: what remains has the form $y = W x + b$. That is one linear layer, however wide the
# middle was. You find $W$ and $b$.
#
# From here on we use PyTorch. Its tensors behave much like numpy arrays. A layer `nn.Linear(d, h)`
# stores its `weight` with shape `(h, d)`, outputs first, and its `bias` with shape `(h,)`.

# %%
#| exercise: collapse_linear
def collapse_linear(W1, b1, W2, b2):
    """The one linear layer that equals two stacked ones.

    W1: tensor (h, d) and b1: tensor (h,), the layer that is applied first.
    W2: tensor (o, h) and b2: tensor (o,), the layer that is applied to its output.
    Returns (W, b), tensors of shapes (o, d) and (o,), such that W x + b = W2 (W1 x + b1) + b2 for
    every x of shape (d,).
    """
    ### BEGIN SOLUTION
    return W2 @ W1, W2 @ b1 + b2
    ### END SOLUTION


# %%
#| check: collapse_linear
# By hand, at x = (1, 1): the first layer gives (1+2+1, 3+4+0) = (4, 7), the second 4 - 7 + 5 = 2.
# One layer that does the same: W = [[1-3, 2-4]] = [[-2, -2]], b = [6]; indeed -2 - 2 + 6 = 2.
_W1, _b1 = torch.tensor([[1.0, 2.0], [3.0, 4.0]]), torch.tensor([1.0, 0.0])
_W2, _b2 = torch.tensor([[1.0, -1.0]]), torch.tensor([5.0])
_W, _b = collapse_linear(_W1, _b1, _W2, _b2)
assert tuple(_W.shape) == (1, 2), f"W maps 2 inputs to 1 output, shape (1, 2); got {_W.shape}"
assert tuple(_b.shape) == (1,), f"b has one number for each output, shape (1,); got {_b.shape}"
assert torch.allclose(_W, torch.tensor([[-2.0, -2.0]])), f"expected W = [[-2, -2]], got {_W}"
assert not torch.allclose(_b, torch.tensor([5.0])), "b1 also passes through the second layer"
assert torch.allclose(_b, torch.tensor([6.0])), f"expected b = [6] (worked above), got {_b}"
print("collapse_linear: looks right so far")

# %% [markdown]
# So two linear layers with ten values in between, 31 parameters in all, are a single slope and a
# single intercept in disguise:

# %%
torch.manual_seed(seed)
first, second = nn.Linear(1, 10), nn.Linear(10, 1)
W, b = collapse_linear(first.weight, first.bias, second.weight, second.bias)
inputs = torch.linspace(-2, 2, 5).unsqueeze(1)
print(f"collapsed: y = {W.item():.4f} x + {b.item():.4f}")
for x_value, stacked in zip(inputs, second(first(inputs)), strict=True):
    print(f"  x = {x_value.item():4.1f}: stacked {stacked.item():.4f}, "
          f"collapsed {(W @ x_value + b).item():.4f}")

# %% [markdown]
# ## 2.3 A bend between the layers
#
# What breaks the collapse is a nonlinear function $\sigma$ between the two layers:
#
# $$y = W_2\,\sigma(W_1 x + b_1) + b_2 .$$
#
# This is the **multilayer perceptron** with one hidden layer. We take
# $\sigma(z) = \mathrm{ReLU}(z) = \max(0, z)$, applied to each number by itself: negative values
# become zero, the rest passes unchanged. Each hidden value then is a *hinge*, flat on one side and
# sloped on the other, and the second layer adds hinges up. For example,
# $|x| = \mathrm{ReLU}(x) + \mathrm{ReLU}(-x)$ is an MLP with two hidden units. With one input and
# $h$ hidden units the function is made of straight pieces joined at up to $h$ kinks, and $W_1$,
# $b_1$ decide where the kinks are.
#
# How many adjustable numbers is that? Write down the shapes of $W_1$, $b_1$, $W_2$, $b_2$ for
# $d$ inputs, $h$ hidden units and $o$ outputs, and count their entries.

# %%
#| exercise: count_parameters
def count_parameters(input_dim, hidden_dim, output_dim):
    """Number of weights and biases of an MLP with one hidden layer.

    All three arguments are positive ints. Returns an int. Both layers have a bias.
    Compute it from the three sizes; no network needs to be built.
    """
    ### BEGIN SOLUTION
    return (input_dim + 1) * hidden_dim + (hidden_dim + 1) * output_dim
    ### END SOLUTION


# %%
#| check: count_parameters
# By hand, 2 inputs, 3 hidden units, 1 output: weights 6, biases 3; weights 3, bias 1; together 13
_out = count_parameters(2, 3, 1)
assert _out != 9, "these are the weights alone: both layers have biases too"
assert _out == 13, f"expected 6 + 3 + 3 + 1 = 13, got {_out}"
assert isinstance(_out, int), f"a count is an int, not a {type(_out).__name__}"
assert count_parameters(1, 10, 1) == 31, "1 input, 10 hidden units and 1 output make 31"
print("count_parameters: looks right so far")

# %% [markdown]
# ## 2.4 The MLP in PyTorch
#
# A model in PyTorch is a class with two parts. `__init__` creates the layers and stores them as
# attributes of `self`; that is how PyTorch finds their parameters. `forward` says how an input
# becomes an output; it runs when you call `model(x)`. Inputs come in batches: a tensor of shape
# `(n, input_dim)`, one example a row, goes in, and `(n, output_dim)` comes out.

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
torch.manual_seed(0)
_model = MLP(2, 3, 1)
_n = sum(p.numel() for p in _model.parameters())
assert _n > 0, "PyTorch finds no parameters: store the layers as attributes of self"
assert _n == 13, f"2 inputs, 3 hidden units, 1 output: 6 + 3 + 3 + 1 = 13 parameters, found {_n}"
_out = _model(torch.randn(5, 2))
assert tuple(_out.shape) == (5, 1), f"5 examples in, shape (5, 1) out; got {tuple(_out.shape)}"
_model, _x = MLP(2, 20, 4), torch.randn(50, 2)
assert (_model(_x) < 0).any(), "no output is ever negative: is there a ReLU after the last layer?"
# For a straight line, the values at x and -x have the value at 0 as their mean.
_bend = (_model(_x) + _model(-_x)) / 2 - _model(torch.zeros(1, 2))
assert _bend.abs().max() > 1e-4, "the model is linear in x: is there a ReLU between the layers?"
print("MLP: looks right so far")

# %% [markdown]
# ## 2.5 The training loop
#
# The MLP has no normal equation: its loss is not a quadratic bowl in the parameters, and there is
# no formula for the lowest point. But the rule $\theta \leftarrow \theta - \alpha\nabla L$ works as
# before, and PyTorch computes $\nabla L$ for us. It records each operation of the forward
# computation and then applies the chain rule backwards through the record (*backpropagation*). On
# the line of part 1 it must agree with the gradient that you derived:

# %%
beta_torch = torch.zeros(2, dtype=torch.float64, requires_grad=True)
nn.functional.mse_loss(torch.from_numpy(X) @ beta_torch, torch.from_numpy(y)).backward()
print("by PyTorch:", beta_torch.grad.numpy())
print("by you:    ", mse_gradient(X, y, np.zeros(2)))

# %% [markdown]
# One thing surprises everybody once. PyTorch *adds* each new gradient to the one that is already
# stored. (That is useful when a gradient is summed over several parts of the data.) The derivative
# of $3w$ is 3, but asking twice gives:

# %%
w = torch.tensor(1.0, requires_grad=True)
for attempt in (1, 2):
    (3 * w).backward()
    print(f"after call {attempt}: w.grad = {w.grad.item()}")

# %% [markdown]
# One pass over the data is called an **epoch**. In each epoch the training loop does five things:
#
# | step | what it does | why |
# |---|---|---|
# | forward | compute the predictions | the loss needs them, and PyTorch records the operations |
# | loss | compare them with the targets | one number to make smaller |
# | `zero_grad` | forget the old gradients | otherwise they add up, as you just saw |
# | `backward` | compute the new gradients | fills `.grad` of every parameter |
# | `step` | let the optimizer move the parameters | $\theta \leftarrow \theta - \alpha\nabla L$ |
#
# `zero_grad` and `step` are methods of the optimizer, `backward` of the loss. Before the loop the
# model is put in training mode. For our MLP that changes nothing, but some layers that you will
# meet later (dropout, batch normalization) behave differently in training and in use.
#
# Here each epoch uses all examples at once (*full batch*), so an epoch is one step. Week 2 cuts the
# data into smaller batches.

# %%
#| exercise: train
def train(model, x, y, loss_fn, optimizer, n_epochs):
    """Train a model on the full batch.

    model: nn.Module. x, y: tensors, inputs and targets, on the model's device.
    loss_fn: called as loss_fn(prediction, target), returns a scalar tensor.
    optimizer: a torch optimizer that already holds the model's parameters.
    n_epochs: how many epochs; each one uses all of x and y and takes one optimizer step.

    Puts the model in training mode. Returns a list of n_epochs Python floats: the loss of each
    epoch, as it was before that epoch's step.
    Do not create another optimizer, and do not split or shuffle the data.
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
# By hand: the model is w*x, it starts at w = 0, and there is one example, x = 1, y = 2.
# The loss is (w - 2)^2, its gradient 2 (w - 2), the rate 1/8:
#   epoch 1: loss 4,       gradient -4,    w = 0 + 0.5
#   epoch 2: loss 2.25,    gradient -3,    w = 0.5 + 0.375
#   epoch 3: loss 1.2656,  gradient -2.25, w = 0.875 + 0.28125 = 1.15625
_model = nn.Linear(1, 1, bias=False)
nn.init.zeros_(_model.weight)
_model.eval()
_out = train(_model, torch.tensor([[1.0]]), torch.tensor([[2.0]]), nn.MSELoss(),
             torch.optim.SGD(_model.parameters(), lr=0.125), 3)
assert isinstance(_out, list) and len(_out) == 3, "three epochs: return a list of three losses"
assert all(isinstance(value, float) for value in _out), (
    "the losses should be Python floats, not tensors: look up what .item() does"
)
assert not np.isclose(_out[0], 2.25), "record each epoch's loss before its step, not after it"
assert not np.isclose(_out[1], 4.0), (
    "the loss does not change: is there a step, with gradients that were not just cleared?"
)
assert not np.isclose(_out[2], 0.390625), "old gradients are added to the new ones: clear them"
assert np.allclose(_out, [4, 2.25, 1.265625]), f"expected 4, 2.25, 1.2656, got {_out}"
assert np.isclose(_model.weight.item(), 1.15625), "the last epoch takes its step too"
assert _model.training, "put the model in training mode"
print("train: looks right so far")

# %% [markdown]
# ## 2.6 The learning curve
#
# First the data as tensors: float32, with shape `(n, 1)`, on the device on which we train. The two
# dimensions matter. Subtracting a tensor of shape `(n,)` from one of shape `(n, 1)` is no error: it
# quietly gives an `(n, n)` table of differences, and a model that learns nonsense.

# %%
x_train = torch.tensor(x_fit, dtype=torch.float32).unsqueeze(1).to(device)
y_train = x_train**3
x_unseen = torch.tensor(x_new, dtype=torch.float32).unsqueeze(1).to(device)
print("x_train:", tuple(x_train.shape), x_train.dtype, "on", x_train.device)

# %% [markdown]
# Now train two models side by side with plain gradient descent (`torch.optim.SGD`): a single linear
# layer, and an MLP with ten hidden units. The loss against the epoch is the **learning curve**, the
# first thing to look at after any training.

# %%
torch.manual_seed(seed)
line_net, small_net = nn.Linear(1, 1).to(device), MLP(1, 10, 1).to(device)
print(f"parameters of the MLP: {sum(p.numel() for p in small_net.parameters())}, "
      f"you counted {count_parameters(1, 10, 1)}")

fig, ax = plt.subplots()
for name, net, colour in (("line", line_net, ORANGE), ("MLP, 10 hidden units", small_net, BLUE)):
    sgd = torch.optim.SGD(net.parameters(), lr=0.01)
    curve = train(net, x_train, y_train, nn.MSELoss(), sgd, 500)
    ax.plot(curve, color=colour, label=name)
    with torch.no_grad():  # we only look, so no record for backpropagation is needed
        score = r_squared(net(x_unseen), x_unseen**3)
    print(f"{name}: loss {curve[-1]:.3f} after 500 epochs, R² on new points {score:.3f}")
floor = mse_loss(predict_linear(design_matrix(x_fit), beta_cubic), x_fit**3)
ax.axhline(floor, color=GREY, lw=1, ls=":", label="line, normal equation")
ax.set(xlabel="epoch", ylabel="loss (mean squared error)", yscale="log")
ax.legend(loc="upper right")
print(f"loss of the normal equation's line: {floor:.3f}")
plt.show()

# %% [markdown]
# The line falls to the loss that the normal equation promised and stays there: its curve is flat
# because there is nothing left to learn. The MLP goes on below it. At the end its curve is still
# falling, so this one has not finished.
#
# ## 2.7 Your model
#
# Train a network of your own that fits $y = x^3$ well. Three things are yours to choose: the width
# of the hidden layer, the optimizer with its rate, and the number of epochs. Plain SGD needs
# patience here. `torch.optim.Adam` (Kingma and Ba, 2015) adapts the step of each parameter as it
# goes, and rates around 0.01 usually suit it.
#
# The goal is an $R^2$ of at least **0.995** on unseen points of $[-2, 2]$. It should hold for other
# random seeds too, so leave yourself a margin, and keep the training under ten seconds.

# %%
#| exercise: cubic_model
# Train a model on x_train, y_train with your train function, and call it cubic_model.
# It must be an nn.Module on device that maps float32 (n, 1) to (n, 1). You may use epochs.
# It has to learn from the data: do not build x**3 into the model or its inputs.
torch.manual_seed(seed)
### BEGIN SOLUTION
cubic_model = MLP(1, 64, 1).to(device)
optimizer = torch.optim.Adam(cubic_model.parameters(), lr=0.02)
cubic_losses = train(cubic_model, x_train, y_train, nn.MSELoss(), optimizer, epochs)
### END SOLUTION

# %%
#| check: cubic_model
assert isinstance(cubic_model, nn.Module), "cubic_model should be the trained model itself"
_x = (torch.rand(500, 1, generator=torch.Generator().manual_seed(1)) * 4 - 2).to(device)
with torch.no_grad():
    _out = cubic_model(_x)
assert tuple(_out.shape) == (500, 1), f"(500, 1) in, (500, 1) out; got {tuple(_out.shape)}"
_r2 = 1 - ((_out - _x**3) ** 2).mean().item() / (_x**3).var(correction=0).item()
assert _r2 > 0.85, (
    f"R² is {_r2:.3f}, no better than a line (0.84): is there a ReLU, does the loss fall? If the "
    "checks of MLP or train fail, repair those first"
)
assert _r2 >= 0.995, f"R² is {_r2:.4f}, the goal is 0.995: try more units, epochs or another rate"
print(f"R² on unseen points: {_r2:.4f}")
print("cubic_model: looks right so far")

# %% [markdown]
# How does it fit, and what does it say about places where it had no data? In the next figure the
# training range is white and everything outside it is shaded.

# %%
x_wide = torch.linspace(-3.2, 3.2, 321).unsqueeze(1)
with torch.no_grad():
    wide = cubic_model(x_wide.to(device)).cpu()

fig, ax = plt.subplots()
for left, right in ((-3.2, -2), (2, 3.2)):
    ax.axvspan(left, right, color=GREY, alpha=0.2, lw=0)
ax.plot(x_wide, x_wide**3, color=GREY, lw=3, label="$y = x^3$")
ax.plot(x_fit, predict_linear(design_matrix(x_fit), beta_cubic), color=ORANGE, label="best line")
ax.plot(x_wide, wide, color=BLUE, label="cubic_model")
ax.set(xlabel="x (shaded: no training data)", ylabel="y", xlim=(-3.2, 3.2))
ax.legend(loc="upper left", bbox_to_anchor=(0.2, 1.0))
plt.show()

print(f"R² on new points of [-2, 2]: line {line_r2:.3f}, "
      f"cubic_model {r_squared(cubic_model(x_unseen).detach(), x_unseen**3):.4f}")
at_three = cubic_model(torch.tensor([[3.0]], device=device)).item()
print(f"at x = 3, where y = 27: cubic_model says {at_three:.1f}")

# %% [markdown]
# Inside the range the fit is close. Outside it, a ReLU network has run out of kinks: it goes on in
# a straight line, while the cubic curves away. Nothing in the loss asked it to do otherwise.
#
# ## 2.8 Growing the hidden layer
#
# How much can a hidden layer express? The **universal approximation theorem** says: for every
# continuous function on a closed and bounded set, and for every tolerance, there is a width and
# there are weights with which a network of one hidden layer stays within that tolerance everywhere
# on the set. Cybenko (1989) proved it for sigmoidal $\sigma$, Hornik (1991) for every $\sigma$ that
# is continuous, bounded and not constant, and Leshno and co-workers (1993) for a class that
# includes ReLU: there it holds exactly when $\sigma$ is not a polynomial.
#
# Here is a wavy target, $y = \sin 2x$, and layers of growing width. Each width is trained from
# three random starts. The figure shows the best of them, and the lines above it give all three.

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


fig, axes = plt.subplots(2, 3, figsize=(7, 4), sharex=True, sharey=True)
for ax, width in zip(axes.flat, (1, 2, 4, 8, 16, 32), strict=True):
    fits = [fit_network(wave, width, 400, seed + start) for start in range(3)]
    best_net, best_score = max(fits, key=lambda fit: fit[1])
    print(f"width {width:2d}: R² of the three starts " + ", ".join(f"{s:.3f}" for _, s in fits))
    ax.plot(x_fit, wave(x_train).cpu(), color=GREY, lw=3)
    ax.plot(x_fit, best_net(x_train).detach().cpu(), color=BLUE)
    ax.set_title(f"{width} hidden unit{'s' * (width > 1)}, $R^2$ = {best_score:.3f}", fontsize=9)
fig.supxlabel("x", fontsize=10)
fig.supylabel("y (grey: target, blue: MLP)", fontsize=10)
plt.show()

# %% [markdown]
# With few units you can count the kinks; with many, the pieces are so short that the curve looks
# smooth. Look at the three starts, too: networks of the same width can end at quite different fits.
# An $R^2$ near 0 belongs to a flat prediction. If a hidden unit gives zero for all examples, its
# gradient is zero as well, and training cannot revive it. That good weights *exist* does not mean
# that training *finds* them.
#
# ## 2.9 Your own function
#
# Change `my_function` to another nonlinear function of your choice (not $x^3$, not the wave
# and not the bump), then vary the width and the epochs. Write it with torch functions, such as
# `torch.abs`, `torch.tanh` or `torch.cos`. A jump, a sharp corner or many waves are instructive.

# %%
def my_function(x):
    return torch.exp(-4 * x**2)  # a bump; change it


my_width = 32  # change it
my_epochs = 500  # change it

my_net, my_score = fit_network(my_function, my_width, my_epochs, seed)
my_x = torch.linspace(-3.2, 3.2, 321).unsqueeze(1)
my_target = my_function(x_train).cpu().numpy().ravel()
my_line = normal_equation(design_matrix(x_fit), my_target)
my_line_score = r_squared(predict_linear(design_matrix(x_new), my_line),
                          my_function(torch.from_numpy(x_new)).numpy())
print(f"R² on new points of [-2, 2]: line {my_line_score:.3f}, MLP {my_score:.3f}")

fig, ax = plt.subplots()
for left, right in ((-3.2, -2), (2, 3.2)):
    ax.axvspan(left, right, color=GREY, alpha=0.2, lw=0)
ax.plot(my_x, my_function(my_x), color=GREY, lw=3, label="target")
ax.plot(x_fit, predict_linear(design_matrix(x_fit), my_line), color=ORANGE, label="line")
ax.plot(my_x, my_net(my_x.to(device)).detach().cpu(), color=BLUE, label=f"MLP, {my_width} units")
ax.set(xlabel="x (shaded: no training data)", ylabel="y", xlim=(-3.2, 3.2))
ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3)
plt.show()

# %% [markdown]
# **Written answer: approximation.** Which function did you try, how did the line and the
# MLP do, and what does the universal approximation theorem *not* promise?
#
# A good answer (about ten lines) names the function and why you chose it, gives $R^2$ of the line
# and of the MLP for at least two widths, and says where the fit is worst. It then states in your
# own words what the theorem says, and at least three things that it does not promise, each tied to
# something that you saw in this notebook.

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
# 3. That training finds the weights. Starts of equal width ended far apart in the figure of the
#    growing layer, and one unit can end up at zero for all examples and stay there.
# 4. Anything outside the set. At x = 3 cubic_model said 18, not 27, having been close everywhere
#    in [-2, 2].
# 5. That few or noisy examples are enough. Here we had 200 points without noise in one dimension.
# ### END SOLUTION

# %% [markdown]
# ## Why this matters for genomics
#
# A linear model adds up contributions: so much for each allele, so much for each base. That is a
# strong baseline, not a straw man. In a recent comparison, seven deep learning models (five of them
# foundation models) predicted expression after genetic perturbations no better than deliberately
# simple baselines (Ahlmann-Eltze, Huber and Anders, 2025). But some questions are not sums. A
# transcription factor recognizes a motif as a whole, wherever it lies in the sequence, and no sum
# over single positions can say "here or there". Networks with nonlinear hidden layers can.
# Early examples predict from DNA sequence where proteins bind and what noncoding variants do
# (DeepBind: Alipanahi et al., 2015; DeepSEA: Zhou and Troyanskaya, 2015). They are not plain MLPs
# but convolutional networks, whose architecture suits DNA; they are the subject of week 2. Take one
# habit along from this notebook: fit the line first, and know what it can and cannot explain.
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
