# Builds both programs, and puts them on a slim Debian: docker build --build-arg BUILD_COMMIT=$(git rev-parse HEAD) -t slurm-exporter .
FROM swift:6.3-bookworm AS build
WORKDIR /source
COPY scripts/packages scripts/
RUN scripts/packages build
COPY . .
ARG BUILD_COMMIT=unknown
RUN for product in slurm-shard slurm-coordinator; do \
        BUILD_COMMIT="$BUILD_COMMIT" swift build --configuration release --static-swift-stdlib --product "$product" || exit 1; \
    done && \
    mkdir /image && \
    programs=$(swift build --configuration release --show-bin-path) && \
    cp "$programs/slurm-shard" "$programs/slurm-coordinator" /usr/libexec/swift/linux/swift-backtrace-static /image/

FROM debian:bookworm-slim
RUN apt-get update -qq && \
    apt-get install -y -qq --no-install-recommends \
        ca-certificates libcurl4 libre2-9 libsqlite3-0 libstdc++6 libyaml-0-2 zlib1g && \
    rm -rf /var/lib/apt/lists/* && \
    useradd --system --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin slurm-exporter && \
    install -d -o 10001 -g 10001 /etc/slurm-exporter /var/lib/slurm-exporter
COPY --from=build /image/ /usr/local/bin/
# A crash leaves a backtrace in the log. It reads the process through a pipe, so it needs no capability and no ptrace.
ENV SWIFT_BACKTRACE=enable=yes,interactive=no,color=no,swift-backtrace=/usr/local/bin/swift-backtrace-static
USER 10001:10001
EXPOSE 8080 9341
CMD ["slurm-shard"]
