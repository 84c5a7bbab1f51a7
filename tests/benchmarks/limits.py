"""What this machine can do at most, measured: bytes copied and multiply-adds a second."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

COPIED = 256 << 20  # bytes, more than any cache
ROWS, INNER, COLUMNS = 256, 1536, 1536  # a product whose parts stay in the cache


def measure_limits() -> dict[str, Any]:
    """Bytes a second (read and written), int8 multiply-adds a second on one core and on all, and the machine's name."""
    cores = os.cpu_count() or 1
    return {
        "cores": cores,
        "processor": _processor(),
        "bytes": _bytes_a_second(),
        "int8": _multiply_adds_a_second(1),
        "int8_all": _multiply_adds_a_second(cores),
    }


def _bytes_a_second() -> float:
    source, target = np.ones(COPIED, np.uint8), np.zeros(COPIED, np.uint8)
    return 2 * COPIED / _shortest(lambda: np.copyto(target, source), 9)


def _multiply_adds_a_second(cores: int) -> float:
    """As the runtime multiplies, so that its kernels are the measure; a product a core, all at the same time."""
    import onnxruntime
    from onnx import TensorProto, helper

    shapes = {"x": [ROWS, INNER], "y": [INNER, COLUMNS], "product": [ROWS, COLUMNS]}
    types = {"x": TensorProto.UINT8, "y": TensorProto.INT8, "product": TensorProto.INT32}
    x, product = (helper.make_tensor_value_info(name, types[name], shapes[name]) for name in ("x", "product"))
    levels = np.random.default_rng(0).integers(-127, 128, shapes["y"], dtype=np.int8)
    matrix = helper.make_tensor("y", TensorProto.INT8, shapes["y"], levels.tobytes(), raw=True)
    graph = helper.make_graph([helper.make_node("MatMulInteger", ["x", "y"], ["product"])], "peak", [x], [product])
    graph.initializer.append(matrix)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    tokens = np.full(shapes["x"], 130, np.uint8)
    with ThreadPoolExecutor(cores) as pool:
        seconds = _shortest(lambda: list(pool.map(lambda _: session.run(None, {"x": tokens}), range(8 * cores))), 15)
    return 8 * cores * ROWS * INNER * COLUMNS / seconds


def _shortest(act: Callable[[], Any], times: int) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return min(taken)


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    lines = file.read_text().splitlines() if file.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
