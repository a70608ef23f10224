"""Spark, which starts once for all tests that ask for it."""

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sessions():
    """One Spark for both kinds of session: in this process, and of Spark Connect."""
    sql = pytest.importorskip("pyspark.sql", reason="Spark was not tried: pyspark is missing")
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        pytest.skip("Spark was not tried: Java is missing, which `make java` installs")
    from pyspark.sql.connect.session import SparkSession

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    root = str(Path(__file__).parents[3])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", root + os.pathsep + os.environ.get("PYTHONPATH", ""))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        classic = (
            sql.SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin")
            .config("spark.connect.grpc.binding.port", port)
            .getOrCreate()
        )
        connect = SparkSession.builder.remote(f"sc://127.0.0.1:{port}").create()
        yield {"classic": classic, "connect": connect}
        connect.stop()
        classic.stop()
