/**
 * This server among others: its lease, renewed by the database's clock. Read by {@code
 * call.control}.
 */
@NullMarked
package dev.crosspoint.node.control;

import org.jspecify.annotations.NullMarked;
