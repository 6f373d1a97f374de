/**
 * The command line: shows, explains, moves and removes what a cache holds, between runs and without any code of the
 * project. The only package that knows picocli.
 */
package org.juniteval.engine.cli;
