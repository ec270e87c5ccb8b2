"""Worked notebooks become source/, release/ and students' repositories."""
