"""How everything looks: colours, type, spacing and icons come from here and from nowhere else."""
