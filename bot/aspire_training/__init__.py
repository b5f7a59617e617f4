"""How the weights and calibrations that ship are learnt; not part of what is installed."""

# Before NumPy, as in the programs: the threads of OpenBLAS are set when NumPy is loaded.
import aspire_ingest as aspire_ingest
