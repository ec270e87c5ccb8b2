"""The only code of this package that runs beside student code, inside the sandbox.

A kernel with one more message, the codec for the values that cross, and the template process whose
forks are the sessions. The folder is mounted into
the sandbox as a whole. `sandbox` and `grading` import the codec and the protocol's words. It
imports the standard library, numpy, torch, pandas, safetensors, ipykernel and IPython only, and
never a hidden test, a solution, or any other part of this package.
"""
