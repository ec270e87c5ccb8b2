"""Which device a submission may see: what was asked for, against what this machine has."""

from autograder.errors import AutograderError, UsageError

CPU, CUDA, AUTO = "cpu", "cuda", "auto"


def choose(asked: str) -> str:
    """cpu or cuda. Raises AutograderError where cuda is asked for and PyTorch finds no GPU."""
    if asked not in (CPU, CUDA, AUTO):
        raise UsageError(f"no device '{asked}': choose cpu, cuda or auto")
    if asked == CPU:
        return CPU
    import torch

    if torch.cuda.is_available():
        return CUDA
    if asked == CUDA:
        raise AutograderError(
            f"PyTorch {torch.__version__} finds no GPU here: grade with --device cpu, or install a "
            "CUDA build of PyTorch and NVIDIA's driver"
        )
    return CPU
