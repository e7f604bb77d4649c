"""Peer of the benchmarks: runs operations of ops/ that stdin asks for, a JSON object a line.

{"op": "gemm.multiply", "args": {...}} calls multiply(**args) of ops/gemm.py and answers
{"result": ..., "cpu": seconds of this process, "wall": seconds} or {"error": "..."}.
"""

import importlib
import json
import os
import sys
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "ops"))

# Answers go to the real stdout; whatever an operation prints goes to stderr.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

for line in sys.stdin:
    request = json.loads(line)
    try:
        module, name = request["op"].split(".")
        operation = getattr(importlib.import_module(module), name)
        wall, cpu = time.perf_counter(), time.process_time()
        result = operation(**request["args"])
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        answer = json.dumps({"result": result, "cpu": cpu, "wall": wall})
    except Exception as error:
        traceback.print_exc()
        answer = json.dumps({"error": f"{type(error).__name__}: {error}"})
    answers.write(answer + "\n")
    answers.flush()
