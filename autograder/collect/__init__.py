"""Puts what students submit into submitted/."""
