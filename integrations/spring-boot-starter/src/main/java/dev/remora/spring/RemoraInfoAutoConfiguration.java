package dev.remora.spring;

import dev.remora.bundle.BundleInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Which content the tokenizer of each model has, and what proves it. */
@AutoConfiguration(after = RemoraAutoConfiguration.class)
@ConditionalOnClass(InfoContributor.class)
@ConditionalOnEnabledInfoContributor("remora")
class RemoraInfoAutoConfiguration {
  @Bean
  InfoContributor remoraInfoContributor(RemoraModels models) {
    return builder -> {
      Map<String, Object> all = new LinkedHashMap<>();
      for (String model : models.names()) {
        models.bundle(model).ifPresent(bundle -> all.put(model, facts(bundle)));
      }
      builder.withDetail("remora", all);
    };
  }

  private static Map<String, Object> facts(BundleInfo bundle) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("digest", bundle.digest().toString());
    facts.put("form", bundle.form());
    facts.put("proof", bundle.proof().toString());
    return facts;
  }
}
