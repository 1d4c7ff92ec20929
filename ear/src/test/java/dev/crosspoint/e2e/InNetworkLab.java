package dev.crosspoint.e2e;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests with the {@link LabServer} and the {@link Trio}, in a network that they may disturb. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("network")
@ExtendWith(OneServer.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@interface InNetworkLab {}
