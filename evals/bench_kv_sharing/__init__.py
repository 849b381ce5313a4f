"""Speed, memory and effect of KV sharing: `python -m evals.bench_kv_sharing`."""
