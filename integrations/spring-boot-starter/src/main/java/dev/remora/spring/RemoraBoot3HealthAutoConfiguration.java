package dev.remora.spring;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The health of the models, as Boot 3 asks for it. */
@AutoConfiguration(after = RemoraAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("remora")
class RemoraBoot3HealthAutoConfiguration {
  @Bean
  HealthIndicator remoraHealthIndicator(RemoraModels models) {
    return () -> {
      ModelHealth health = ModelHealth.of(models);
      Health.Builder builder =
          switch (health.state()) {
            case UP -> Health.up();
            case LOADING -> Health.outOfService();
            case FAILED -> Health.down();
          };
      return builder.withDetails(health.details()).build();
    };
  }
}
