"""What the latency benchmark measures with: a witness at the microphone, stopwatches, and the window."""
