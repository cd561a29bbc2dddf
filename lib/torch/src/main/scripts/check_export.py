#!/usr/bin/env python3
"""Loads a network that Facemill recorded into Python's PyTorch, compares its results with Facemill's, and times it.

    check_export.py FOLDER [--device cuda] [--calls 20] [--tolerance 1e-4] [--train]

FOLDER holds network.pt and case.safetensors (org.facemill.torch.ExportedCase writes them; the benchmark section
`export` does so for the published networks). Needs torch and numpy, nothing else. Exits with 1 where a result is
further from Facemill's than the tolerance, relative to the result's largest value. --train also times training
steps that PyTorch does by itself: forward, mean squared error of the first result, backward, Adam, moving average.
"""
import argparse
import json
import pathlib
import struct
import sys
import time

import torch

DTYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
          "I64": torch.int64, "I32": torch.int32, "U8": torch.uint8, "BOOL": torch.bool}


def read_safetensors(path):
    """All tensors of a file by name."""
    content = bytearray(path.read_bytes())
    (length,) = struct.unpack_from("<Q", content, 0)
    header = json.loads(content[8:8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        dtype = DTYPES[entry["dtype"]]
        if end == begin:
            tensors[name] = torch.empty(entry["shape"], dtype=dtype)
        else:
            # through bytes: offsets need not be aligned to the element size
            raw = torch.frombuffer(content[8 + length + begin:8 + length + end], dtype=torch.uint8)
            tensors[name] = raw.clone().view(dtype).reshape(entry["shape"])
    return tensors


def numbered(tensors, kind, device):
    """kind.0, kind.1, ... as a list on the device."""
    found = []
    while f"{kind}.{len(found)}" in tensors:
        found.append(tensors[f"{kind}.{len(found)}"].to(device))
    return found


def synchronize(device):
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def timed(calls, device, call):
    """Milliseconds per call; the first calls, which compile, are left out."""
    for _ in range(3):
        call()
    synchronize(device)
    start = time.perf_counter()
    for _ in range(calls):
        call()
    synchronize(device)
    return (time.perf_counter() - start) / calls * 1000


def trainer(network, parameters, inputs, target):
    """A training step of PyTorch's own."""
    trained = [parameter.requires_grad_() for parameter in parameters if parameter.is_floating_point()]
    averages = [parameter.detach().clone() for parameter in trained]
    adam = torch.optim.Adam(trained, lr=1e-4)

    def step():
        adam.zero_grad()
        torch.nn.functional.mse_loss(network(parameters, *inputs)[0], target).backward()
        adam.step()
        with torch.no_grad():
            torch._foreach_lerp_(averages, trained, 0.001)

    return step


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--calls", type=int, default=20, help="calls that are timed; 0 compares only")
    parser.add_argument("--tolerance", type=float, default=1e-4)
    parser.add_argument("--train", action="store_true", help="time training steps, too")
    options = parser.parse_args()

    device = torch.device(options.device)
    # TF32 would round what is compared
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.allow_tf32 = False
    tensors = read_safetensors(options.folder / "case.safetensors")
    network = torch.jit.load(str(options.folder / "network.pt"), map_location=device)
    parameters = numbered(tensors, "parameter", device)
    inputs = numbered(tensors, "input", device)
    expected = numbered(tensors, "output", device)
    arguments = ([parameters] if parameters else []) + inputs

    # a training step takes its gradients inside, which needs gradients to be recorded
    training = "requires_grad_" in network.code
    worst = 0.0
    with torch.set_grad_enabled(training):
        # what follows the results only keeps changes in place alive
        results = network(*arguments)[:len(expected)]
        for i, (result, target) in enumerate(zip(results, expected)):
            if result.shape != target.shape:
                sys.exit(f"output {i}: shape {list(result.shape)}, Facemill's is {list(target.shape)}")
            scale = max(target.double().abs().max().item(), 1e-12) if target.numel() else 1.0
            error = (result.double() - target.double()).abs().max().item() / scale if target.numel() else 0.0
            if not error <= worst:  # not a number, too
                worst = error
            print(f"output {i} {list(result.shape)} {result.dtype}: largest difference {error:.3e} of the largest value")

        where = torch.cuda.get_device_name(device) if device.type == "cuda" else f"cpu, {torch.get_num_threads()} threads"
        if options.calls:
            milliseconds = timed(options.calls, device, lambda: network(*arguments))
            print(f"{milliseconds:.2f} ms per call on {where}, PyTorch {torch.__version__}")
    if options.train:
        step = trainer(network, parameters, inputs, torch.zeros_like(expected[0]))
        print(f"{timed(max(1, options.calls), device, step):.2f} ms per training step on {where}, PyTorch {torch.__version__}")
    if not worst <= options.tolerance:
        sys.exit(f"differs by {worst:.3e}, more than {options.tolerance:.1e}")
    print("agrees")


if __name__ == "__main__":
    main()
