/* auparse.h: reading audit logs, of Akashi. Written from the documented interface of audit-userspace 4.2.2; see its pages of section 3.
   Texts stay until the next event, but those that the caller is to free. One parser is for one thread at a time. */
#ifndef AKASHI_AUPARSE_H
#define AKASHI_AUPARSE_H

#include <stddef.h>
#include <auparse-defs.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct opaque auparse_state_t;

typedef void (*user_destroy)(void *user_data);
typedef void (*auparse_callback_ptr)(auparse_state_t *au, auparse_cb_event_t cb_event_type, void *user_data);

/* Parsers. NULL where there is no such source, and errno says why. */
auparse_state_t *auparse_init(ausource_t source, const void *b);
void auparse_destroy(auparse_state_t *au);
void auparse_destroy_ext(auparse_state_t *au, auparse_destroy_what_t what);
int auparse_reset(auparse_state_t *au);
int auparse_new_buffer(auparse_state_t *au, const char *data, size_t data_len);
void auparse_set_escape_mode(auparse_state_t *au, auparse_esc_t mode);
int auparse_set_eoe_timeout(time_t new_tmo);
char *auparse_metrics(auparse_state_t *au);

/* Bytes as they come. */
int auparse_feed(auparse_state_t *au, const char *data, size_t data_len);
int auparse_flush_feed(auparse_state_t *au);
void auparse_feed_age_events(auparse_state_t *au);
int auparse_feed_has_data(auparse_state_t *au);
int auparse_feed_has_ready_event(auparse_state_t *au);
void auparse_add_callback(auparse_state_t *au, auparse_callback_ptr callback, void *user_data, user_destroy user_destroy_func);

/* Searches. What is wrong with an expression is told in a text for the caller to free. */
int ausearch_add_expression(auparse_state_t *au, const char *expression, char **error, ausearch_rule_t how);
int ausearch_add_item(auparse_state_t *au, const char *field, const char *op, const char *value, ausearch_rule_t how);
int ausearch_add_interpreted_item(auparse_state_t *au, const char *field, const char *op, const char *value, ausearch_rule_t how);
int ausearch_add_timestamp_item(auparse_state_t *au, const char *op, time_t sec, unsigned milli, ausearch_rule_t how);
int ausearch_add_timestamp_item_ex(auparse_state_t *au, const char *op, time_t sec, unsigned milli, unsigned serial, ausearch_rule_t how);
int ausearch_add_regex(auparse_state_t *au, const char *expression);
int ausearch_set_stop(auparse_state_t *au, austop_t where);
void ausearch_clear(auparse_state_t *au);
int ausearch_next_event(auparse_state_t *au);
int ausearch_cur_event(auparse_state_t *au);

/* Events. auparse_get_node's text is for the caller to free. */
int auparse_next_event(auparse_state_t *au);
const au_event_t *auparse_get_timestamp(auparse_state_t *au);
time_t auparse_get_time(auparse_state_t *au);
unsigned int auparse_get_milli(auparse_state_t *au);
unsigned long auparse_get_serial(auparse_state_t *au);
const char *auparse_get_node(auparse_state_t *au);
int auparse_node_compare(au_event_t *e1, au_event_t *e2);
int auparse_timestamp_compare(au_event_t *e1, au_event_t *e2);
unsigned int auparse_get_num_records(auparse_state_t *au);

/* Records. */
int auparse_first_record(auparse_state_t *au);
int auparse_next_record(auparse_state_t *au);
unsigned int auparse_get_record_num(auparse_state_t *au);
int auparse_goto_record_num(auparse_state_t *au, unsigned int num);
int auparse_get_type(auparse_state_t *au);
const char *auparse_get_type_name(auparse_state_t *au);
unsigned int auparse_get_line_number(auparse_state_t *au);
const char *auparse_get_filename(auparse_state_t *au);
const char *auparse_get_record_text(auparse_state_t *au);
const char *auparse_get_record_interpretations(auparse_state_t *au);

/* Fields. */
int auparse_first_field(auparse_state_t *au);
int auparse_next_field(auparse_state_t *au);
unsigned int auparse_get_num_fields(auparse_state_t *au);
unsigned int auparse_get_field_num(auparse_state_t *au);
int auparse_goto_field_num(auparse_state_t *au, unsigned int num);
const char *auparse_find_field(auparse_state_t *au, const char *name);
const char *auparse_find_field_next(auparse_state_t *au);
const char *auparse_get_field_name(auparse_state_t *au);
const char *auparse_get_field_str(auparse_state_t *au);
int auparse_get_field_type(auparse_state_t *au);
int auparse_get_field_int(auparse_state_t *au);
const char *auparse_interpret_field(auparse_state_t *au);
const char *auparse_interpret_realpath(auparse_state_t *au);
const char *auparse_interpret_sock_family(auparse_state_t *au);
const char *auparse_interpret_sock_port(auparse_state_t *au);
const char *auparse_interpret_sock_address(auparse_state_t *au);

/* The normal form of an event: who did what to which thing. What returns an int goes to the field: 1, 0 where there is none. */
int auparse_normalize(auparse_state_t *au, normalize_option_t opt);
const char *auparse_normalize_get_event_kind(auparse_state_t *au);
int auparse_normalize_session(auparse_state_t *au);
int auparse_normalize_subject_primary(auparse_state_t *au);
int auparse_normalize_subject_secondary(auparse_state_t *au);
const char *auparse_normalize_subject_kind(auparse_state_t *au);
int auparse_normalize_subject_first_attribute(auparse_state_t *au);
int auparse_normalize_subject_next_attribute(auparse_state_t *au);
const char *auparse_normalize_get_action(auparse_state_t *au);
int auparse_normalize_object_primary(auparse_state_t *au);
int auparse_normalize_object_secondary(auparse_state_t *au);
int auparse_normalize_object_primary2(auparse_state_t *au);
int auparse_normalize_object_first_attribute(auparse_state_t *au);
int auparse_normalize_object_next_attribute(auparse_state_t *au);
const char *auparse_normalize_object_kind(auparse_state_t *au);
int auparse_normalize_get_results(auparse_state_t *au);
const char *auparse_normalize_how(auparse_state_t *au);
int auparse_normalize_key(auparse_state_t *au);

#ifdef __cplusplus
}
#endif

#endif
