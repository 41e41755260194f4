"""Reports: notebooks run and pages written."""
