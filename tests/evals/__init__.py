"""What is measured rather than tested: quality, speed, safety, growth."""

# Before NumPy, as in the programs: the threads of OpenBLAS are set when NumPy is loaded.
import aspire_ingest as aspire_ingest
