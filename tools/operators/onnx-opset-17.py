"""Writes onnx-opset-17.json: the name of every operator of ONNX's own domain in opset 17, and the opset of its last change.

Needs onnx 1.12 or newer (Debian: python3-onnx). Run it in this folder: python3 onnx-opset-17.py
"""

import json

import onnx

latest = {}
for schema in onnx.defs.get_all_schemas_with_history():
    if schema.domain == "" and schema.since_version <= 17:
        if schema.since_version > latest.get(schema.name, (0, False))[0]:
            latest[schema.name] = (schema.since_version, schema.deprecated)

with open("onnx-opset-17.json", "w") as file:
    names = {name: since for name, (since, deprecated) in sorted(latest.items()) if not deprecated}
    json.dump(names, file, indent=2)
    file.write("\n")
