package io.github.bililive.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceConnector;
import org.jspecify.annotations.Nullable;

/**
 * Hears live rooms and writes their events to a topic: spreads the rooms over {@code tasks.max}
 * tasks, and Kafka Connect spreads those over its workers. Which rooms there are is nothing that it
 * knows: a task's configuration names buckets of rooms, so that rooms come and go without a
 * rebalance.
 */
public final class RoomsConnector extends SourceConnector {
  private @Nullable RoomsConfig config;
  private Map<String, String> options = Map.of();

  /** Is called by Kafka Connect. */
  public RoomsConnector() {}

  @Override
  public String version() {
    String version = RoomsConnector.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  @Override
  public ConfigDef config() {
    return RoomsConfig.DEFINITION;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return RoomsTask.class;
  }

  /** Checks each option, and whether they fit together. */
  @Override
  public Config validate(Map<String, String> options) {
    Config checked = super.validate(options);
    if (checked.configValues().stream().allMatch(value -> value.errorMessages().isEmpty())) {
      try {
        new RoomsConfig(options);
      } catch (ConfigException e) {
        String blamed =
            checked.configValues().stream()
                .map(ConfigValue::name)
                .filter(name -> e.getMessage().matches("\\Q" + name + "\\E[ =,].*"))
                .findFirst()
                .orElse(RoomsConfig.ROOMS);
        checked.configValues().stream()
            .filter(value -> value.name().equals(blamed))
            .forEach(value -> value.addErrorMessage(e.getMessage()));
      }
    }
    return checked;
  }

  @Override
  public void start(Map<String, String> options) {
    config = new RoomsConfig(options);
    this.options = Map.copyOf(options);
  }

  /** Returns as many as there may be: with no more than one for each bucket. */
  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    if (config == null) {
      throw new ConnectException("the connector is not started");
    }
    int buckets = config.getInt(RoomsConfig.BUCKETS);
    int tasks = Math.min(maxTasks, buckets);
    List<Map<String, String>> configs = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      Map<String, String> one = new HashMap<>(options);
      one.put(RoomsConfig.TASK_BUCKETS, Buckets.names(buckets, task, tasks));
      one.put(RoomsConfig.TASK_NUMBER, String.valueOf(task));
      configs.add(one);
    }
    return configs;
  }

  @Override
  public void stop() {}
}
