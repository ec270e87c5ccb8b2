"""The autograder of GENE 46100: student code and hidden tests never share a process."""

__version__ = "0.2.0"
