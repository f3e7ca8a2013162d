/** The words that the Compose specification knows at each place that our files use. */
export const topLevelKeys = new Set(
  'name services networks volumes configs secrets include models version'.split(' '),
);

export const serviceKeys = new Set(
  `annotations attach build blkio_config cap_add cap_drop cgroup cgroup_parent command configs
  container_name cpu_count cpu_percent cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime
  cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt
  dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts
  gpus group_add healthcheck hostname image init ipc isolation labels label_file links logging
  mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks
  oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged
  profiles provider pull_policy read_only restart runtime scale secrets security_opt shm_size
  stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket
  user userns_mode uts volumes volumes_from working_dir`.split(/\s+/),
);

export const healthcheckKeys = new Set(
  'test interval timeout retries start_period start_interval disable'.split(' '),
);

export const dependencyKeys = new Set('condition restart required'.split(' '));
export const conditions = new Set(
  'service_started service_healthy service_completed_successfully'.split(' '),
);

export const loggingKeys = new Set(['driver', 'options']);
export const volumeKeys = new Set('name driver driver_opts external labels'.split(' '));

export const restartPolicy = /^(no|always|unless-stopped|on-failure(:\d+)?)$/;
export const duration = /^(\d+(\.\d+)?(us|ms|s|m|h))+$/;
export const size = /^\d+(\.\d+)?(b|k|kb|m|mb|g|gb)?$/i;
