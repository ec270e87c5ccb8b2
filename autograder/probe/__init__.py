"""The only code of this package that runs beside student code, inside the sandbox.

A kernel with one more message, the codec for the values that cross, what bounds a kernel's output,
and the template process whose forks are the sessions. The folder is mounted into the sandbox as a
whole; a student's check runs the kernel's program without the probe's message. `sandbox`, `grading`
and `notebook` import the codec, the protocol's words, and how text is displayed. It imports the
standard library, numpy, torch, pandas, safetensors, ipykernel and IPython only, and never a hidden
test, a solution, or any other part of this package.
"""
