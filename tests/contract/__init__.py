"""Promises that hold on every store, and that fakes have to keep as well."""
