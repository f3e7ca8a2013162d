# Keeps its events in EventStoreDB where EVENTSTORE_CONNECTION_STRING is set, everything else (without it the
# events too) in the database of DATABASE_URL, or without one in its own PostgreSQL below /data.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts
# The links that the skipped install scripts leave out; at run time node_modules cannot be written.
RUN node --input-type=module --eval " \
  const { findBinaries } = await import('/app/dist/src/postgres/binaries.js'); \
  const { mendLibraryLinks } = await import('/app/dist/src/postgres/library-links.js'); \
  await mendLibraryLinks(findBinaries());"

FROM node:22-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    MUSUBI_DATA=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/sources ./sources
COPY --from=build /app/dist ./dist
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "--eval", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((it) => process.exit(it.ok ? 0 : 1), () => process.exit(1))"]
# As in package.json: what one answer is made of is gone before it is old.
CMD ["node", "--max-semi-space-size=32", "dist/src/main.js"]
