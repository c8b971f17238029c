"""Tests of what only `bench` has."""
