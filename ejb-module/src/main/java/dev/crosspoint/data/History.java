package dev.crosspoint.data;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Marks {@link Transactions} that only read, perhaps from a replica: what they find may be a moment
 * old. For what is told of the past; never for what a decision depends on.
 */
@Qualifier
@Retention(RetentionPolicy.RUNTIME)
public @interface History {}
