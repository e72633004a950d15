"""What the fuzzer of descriptions has to be told beyond the description."""

import schemathesis


@schemathesis.serializer("application/offset+octet-stream")
def part_of_an_upload(context, value):
    """A part of an upload goes out as the bytes that it is."""
    if isinstance(value, bytes):
        return value
    if hasattr(value, "to_bytes"):
        return value.to_bytes()
    return str(value).encode()
