#!/bin/sh
# Runs benchmark sections by name, or lists them: bench/run.sh unet decode
# Build first: mvn install -DskipTests -pl bench -am
cd "$(dirname "$0")" || exit 2
export OMP_WAIT_POLICY=passive
exec java -Xmx4g -Dfacemill.home=.. ${FACEMILL_JAVA_OPTS} -cp "target/classes:$(cat target/classpath)" org.facemill.bench.Bench "$@"
