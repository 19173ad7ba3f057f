package dev.remora.spring;

import dev.remora.micrometer.RemoraMetrics;
import dev.remora.remote.LoadListener;
import dev.remora.remote.TokenizerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Meters of loads and of the registry, where the application has a registry of meters. */
@AutoConfiguration(
    before = RemoraAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
      "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
    })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
class RemoraMetricsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  LoadListener remoraLoadMeters(
      MeterRegistry meters, ObjectProvider<ObservationRegistry> observations) {
    ObservationRegistry observed = observations.getIfUnique();
    return observed == null ? RemoraMetrics.loads(meters) : RemoraMetrics.loads(meters, observed);
  }

  @Bean
  MeterBinder remoraRegistryMeters(TokenizerRegistry registry) {
    return RemoraMetrics.registry(registry);
  }
}
