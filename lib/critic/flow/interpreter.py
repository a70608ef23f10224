"""The way through a document: what each expression could be, without running any of it.

Both branches of a condition are gone through, and what they agree on is known afterwards. A loop
is gone through once. A function is gone through where it is called, with what it was given, or once
with unknown parameters if nobody calls it.
"""

import ast
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import reduce

from ..reading import Cell
from .arguments import Keywords, assigned, dictionary
from .calls import Call
from .known import ATTRIBUTES, CALLS
from .known.pandas import with_columns
from .libraries import CONVENTIONS, canonical, is_builtin
from .operations import compute, invert, subscript
from .program import Compared, Program, Subscript
from .scope import Scope
from .signatures import SIGNATURES, parameters
from .values import (
    UNKNOWN,
    Column,
    Comparison,
    Constant,
    Dictionary,
    Element,
    Frame,
    Function,
    Instance,
    Items,
    Library,
    Measure,
    Member,
    Part,
    Triangle,
    Value,
    join,
)

_DEEPEST = 100
"""Nested pieces of syntax, functions that are gone through included."""

_MOST_STEPS = 60_000
"""Expressions, after which functions are not entered where they are called."""

_CHANGING = {"append", "extend", "insert", "update", "pop", "clear", "remove", "setdefault", "sort"}

_Node = ast.expr | ast.stmt


def follow(cells: Iterable[Cell]) -> Program:
    """Go through cells in their order; later ones know the names of earlier ones."""
    interpreter = _Interpreter()
    for cell in cells:
        interpreter.go_through(cell)
    interpreter.go_through_uncalled()
    return interpreter.program


class _Interpreter:
    def __init__(self) -> None:
        self.program = Program()
        self.scope = Scope()
        self.cell: Cell
        self.inside: tuple[ast.AST, ...] = ()
        self.stars: list[str] = []
        self.unknown: dict[str, Value] = {}
        self.returned: list[Value] = []
        self.depth = 0
        self.steps = 0
        self.functions: list[tuple[Function, Cell]] = []
        self.entered: set[int] = set()
        self.entering: list[int] = []
        self.of_class: int | None = None
        self.attributes: dict[tuple[int, str], Value] = {}

    def go_through(self, cell: Cell) -> None:
        self.cell = cell
        self.program.cells.append(cell)
        self._body(cell.tree.body)

    def go_through_uncalled(self) -> None:
        for function, cell in self.functions:  # grows while those within are met
            if id(function.definition) not in self.entered:
                self.cell = cell
                self._enter(function, {})

    # Statements

    def _body(self, body: Sequence[ast.stmt]) -> bool:
        """Whether what follows the statements is reached."""
        is_reached = True
        for statement in body:
            is_reached &= self._statement(statement)
        return is_reached

    def _statement(self, node: ast.stmt) -> bool:
        way = getattr(self, f"_do_{type(node).__name__.lower()}", None)
        if way is None or self.depth > _DEEPEST:
            return True
        self.depth += 1
        is_left = way(node) is not False
        self.depth -= 1
        return is_left

    def _do_expr(self, node: ast.Expr) -> None:
        self.value(node.value)

    def _do_assign(self, node: ast.Assign) -> None:
        value = self.value(node.value)
        for target in node.targets:
            self._assign(target, value)

    def _do_annassign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._assign(node.target, self.value(node.value))

    def _do_augassign(self, node: ast.AugAssign) -> None:
        is_written = isinstance(node.target, ast.Name | ast.Attribute | ast.Subscript)
        before = self._read(node.target) if is_written else UNKNOWN
        self._assign(node.target, compute(node.op, before, self.value(node.value)))

    def _do_return(self, node: ast.Return) -> bool:
        self.returned.append(self.value(node.value) if node.value else Constant(value=None))
        return False

    def _do_raise(self, node: ast.Raise) -> bool:
        if node.exc is not None:
            self.value(node.exc)
        return False

    def _do_break(self, _: ast.Break) -> bool:
        return False

    def _do_continue(self, _: ast.Continue) -> bool:
        return False

    def _do_assert(self, node: ast.Assert) -> None:
        self.value(node.test)

    def _do_delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
                owner = self._read(target.value)
                if isinstance(owner, Frame):
                    left = Frame(sources=(owner,), columns={})
                    self.scope.names[target.value.id] = left

    def _do_if(self, node: ast.If) -> bool:
        branches = []
        while True:  # an `elif` is an `if` in the `else` of the one before: many are not deep
            self.value(node.test)
            branches.append(node.body)
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                node = node.orelse[0]
            else:
                break
        return self._branches([*branches, node.orelse])

    def _do_match(self, node: ast.Match) -> bool:
        self.value(node.subject)
        is_whole = any(
            isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None
            for case in node.cases
        )
        for case in node.cases:
            for part in ast.walk(case.pattern):
                name = getattr(part, "name", None) or getattr(part, "rest", None)
                if isinstance(name, str):
                    self.scope.names[name] = UNKNOWN
        return self._branches([*(case.body for case in node.cases), *([] if is_whole else [[]])])

    def _branches(self, bodies: Iterable[Sequence[ast.stmt]]) -> bool:
        """Go through each of the bodies, of which one will run; whether any can be left."""
        around, left = self.scope, []
        for body in bodies:
            self.scope = Scope(around)
            if self._body(body):
                left.append(self.scope)
        self.scope = around
        around.merge(left)
        return bool(left)

    def _do_for(self, node: ast.For | ast.AsyncFor) -> None:
        iterated = self.value(node.iter)
        with self._in(node):
            self._assign(node.target, _member_of(iterated))
            self._loop(node.body)
        self._body(node.orelse)

    _do_asyncfor = _do_for

    def _do_while(self, node: ast.While) -> None:
        self.value(node.test)
        with self._in(node):
            self._loop(node.body)
        self._body(node.orelse)

    def _loop(self, body: Sequence[ast.stmt]) -> None:
        """Once through a body that may run any number of times: what it counts up is unknown."""
        for part in (part for statement in body for part in ast.walk(statement)):
            if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name):
                before = self.scope.find(part.target.id)
                if isinstance(before, Constant):
                    self.scope.names[part.target.id] = Value(sources=(before,))
        self._branches([body, []])

    def _do_with(self, node: ast.With | ast.AsyncWith) -> bool:
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars is not None:
                self._assign(item.optional_vars, value)
        return self._body(node.body)

    _do_asyncwith = _do_with

    def _do_try(self, node: ast.Try) -> bool:
        bodies = [[*node.body, *node.orelse], *(handler.body for handler in node.handlers)]
        is_left = self._branches(bodies)
        return self._body(node.finalbody) and is_left

    _do_trystar = _do_try

    def _do_import(self, node: ast.Import) -> None:
        for alias in node.names:
            if alias.asname:
                self.scope.names[alias.asname] = Library(path=canonical(alias.name))
            else:
                head = alias.name.partition(".")[0]
                self.scope.names[head] = Library(path=canonical(head))

    def _do_importfrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(canonical(node.module or ""))
                continue
            is_ours = node.level > 0 or not node.module
            path = canonical(f"{node.module}.{alias.name}")
            self.scope.names[alias.asname or alias.name] = (
                UNKNOWN if is_ours else Library(path=path)
            )

    def _do_functiondef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for decorator in node.decorator_list:
            self.value(decorator)
        function = Function(
            definition=node, scope=self.scope, writes=_writes(node), of_class=self.of_class
        )
        self.scope.names[node.name] = UNKNOWN if node.decorator_list else function
        self.functions.append((function, self.cell))

    _do_asyncfunctiondef = _do_functiondef

    def _do_classdef(self, node: ast.ClassDef) -> None:
        around, self.scope = self.scope, Scope(self.scope)
        outer, self.of_class = self.of_class, id(node)
        self._body(node.body)
        self.scope, self.of_class = around, outer
        around.names[node.name] = UNKNOWN

    # Names, and what is written to

    def _assign(self, target: ast.expr, value: Value) -> None:
        match target:
            case ast.Name(id=name):
                self.scope.names[name] = value
            case ast.Tuple(elts=targets) | ast.List(elts=targets):
                for place, each in enumerate(targets):
                    self._assign(each, _part(value, place, len(targets)))
            case ast.Starred(value=inner):
                self._assign(inner, Value(sources=(value,)))
            case ast.Subscript():
                self._store(target, value)
            case ast.Attribute(value=ast.Name(id="self"), attr=name) if self.of_class is not None:
                before = self.attributes.get((self.of_class, name), value)
                self.attributes[self.of_class, name] = join(before, value)
            case ast.Attribute(value=ast.Name(id=name) as written, attr=attribute):
                owner = self._read(written)
                if isinstance(owner, Frame) and attribute not in ("columns", "index", "attrs"):
                    self.scope.names[name] = with_columns(owner, {attribute: value})
                elif isinstance(owner, Frame):
                    columns = {} if attribute == "columns" else owner.columns
                    is_complete = attribute != "columns" and owner.is_complete
                    self.scope.names[name] = replace(
                        owner,
                        call=None,
                        sources=(owner, value),
                        columns=columns,
                        is_complete=is_complete,
                    )

    def _store(self, target: ast.Subscript, value: Value) -> None:
        owner, key = self.value(target.value), self.value(target.slice)
        self.program.subscripts.append(
            Subscript(target, self.cell, owner, key, value, value, self.inside)
        )
        name = target.value
        if isinstance(name, ast.Attribute) and name.attr in ("loc", "iloc", "at", "iat"):
            key = key.items[1] if isinstance(key, Items) and len(key.items) == 2 else UNKNOWN
            owner, name = self._read(name.value), name.value
            value = Value(sources=(owner, value))
        if isinstance(name, ast.Name):
            self.scope.names[name.id] = _stored(owner, key, value)
        else:
            self._forget(name)

    def _forget(self, node: ast.expr) -> None:
        """Something within a table was written to: its columns may be others now."""
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        if isinstance(node, ast.Name):
            owner = self._named(node.id)
            if isinstance(owner, Frame):
                self.scope.names[node.id] = replace(owner, columns={}, is_complete=False)

    def _read(self, node: ast.expr) -> Value:
        """The value of something that stands at the left, as it was before."""
        if isinstance(node, ast.Name):
            return self._named(node.id)
        return self.value(node) if isinstance(node, ast.expr) else UNKNOWN

    def _named(self, name: str) -> Value:
        value = self.scope.find(name)
        if value is not None:
            return value
        for module in self.stars:
            if f"{module}.{name}" in SIGNATURES or f"{module}.{name}" in CALLS:
                return Library(path=f"{module}.{name}")
        if name in CONVENTIONS:
            return Library(path=CONVENTIONS[name])
        if is_builtin(name):
            return Library(path=f"builtins.{name}")
        return self.unknown.setdefault(name, Value())

    # Expressions

    def value(self, node: ast.expr) -> Value:
        """What is known of an expression."""
        self.steps += 1
        if self.depth > _DEEPEST:
            return UNKNOWN
        self.depth += 1
        way = getattr(self, f"_of_{type(node).__name__.lower()}", self._of_others)
        found: Value = way(node)
        self.depth -= 1
        return found

    def _of_others(self, node: ast.expr) -> Value:
        parts = [each for each in ast.iter_child_nodes(node) if isinstance(each, ast.expr)]
        return Value(sources=tuple(self.value(each) for each in parts))

    def _of_constant(self, node: ast.Constant) -> Value:
        return Constant(value=node.value)

    def _of_name(self, node: ast.Name) -> Value:
        return self._named(node.id)

    def _of_namedexpr(self, node: ast.NamedExpr) -> Value:
        value = self.value(node.value)
        self._assign(node.target, value)
        return value

    def _of_tuple(self, node: ast.Tuple | ast.List) -> Value:
        items = tuple(self.value(each) for each in node.elts)
        if any(isinstance(each, ast.Starred) for each in node.elts):
            return Value(sources=items)
        return Items(items=items, sources=items)

    _of_list = _of_tuple

    def _of_dict(self, node: ast.Dict) -> Value:
        items: dict[object, Value] = {}
        nodes: dict[object, ast.expr] = {}
        is_open = False
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            value = self.value(value_node)
            if key_node is None:
                if isinstance(value, Dictionary):
                    items |= value.items
                    nodes |= value.nodes
                is_open |= not isinstance(value, Dictionary) or value.is_open
                continue
            key = self.value(key_node)
            if isinstance(key, Constant):
                items[key.value], nodes[key.value] = value, value_node
            else:
                is_open = True
        sources = tuple(items.values())
        return Dictionary(items=items, nodes=nodes, is_open=is_open, sources=sources)

    def _of_attribute(self, node: ast.Attribute) -> Value:
        owner = self.value(node.value)
        if self.of_class is not None and isinstance(node.value, ast.Name):
            known = self.attributes.get((self.of_class, node.attr))
            if known is not None and node.value.id == "self":
                return known
        if isinstance(owner, Library):
            return Library(path=canonical(f"{owner.path}.{node.attr}"))
        for of_owner in ATTRIBUTES.get(node.attr, ()):
            found = of_owner(owner)
            if found is not None:
                return found
        if isinstance(owner, Frame) and node.attr in owner.columns:
            return owner.columns[node.attr]
        return Member(owner=owner, name=node.attr, sources=(owner,))

    def _of_subscript(self, node: ast.Subscript) -> Value:
        owner, key = self.value(node.value), self.value(node.slice)
        found = subscript(owner, key, node.slice)
        self.program.subscripts.append(
            Subscript(node, self.cell, owner, key, found, inside=self.inside)
        )
        return found

    def _of_binop(self, node: ast.BinOp) -> Value:
        terms = [node.right]
        left = node.left
        while isinstance(left, ast.BinOp) and type(left.op) is type(node.op):
            terms.append(left.right)  # a long sum is deep to the left
            left = left.left
        value = self.value(left)
        for term in reversed(terms):
            value = compute(node.op, value, self.value(term))
        return value

    def _of_unaryop(self, node: ast.UnaryOp) -> Value:
        return invert(node.op, self.value(node.operand))

    def _of_compare(self, node: ast.Compare) -> Value:
        values = [self.value(node.left), *(self.value(each) for each in node.comparators)]
        found = Comparison(
            operator=type(node.ops[0]).__name__,
            left=values[0],
            right=values[1],
            sources=tuple(values),
        )
        self.program.comparisons.append(Compared(node, self.cell, found, self.inside))
        return found

    def _of_ifexp(self, node: ast.IfExp) -> Value:
        self.value(node.test)
        return join(self.value(node.body), self.value(node.orelse))

    def _of_lambda(self, node: ast.Lambda) -> Value:
        function = Function(
            definition=node, scope=self.scope, writes=_writes(node), of_class=self.of_class
        )
        self.functions.append((function, self.cell))
        return function

    def _of_listcomp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
        with self._comprehension(node.generators, node):
            found = self.value(node.elt)
        return Value(sources=(found,))

    _of_setcomp = _of_generatorexp = _of_listcomp

    def _of_dictcomp(self, node: ast.DictComp) -> Value:
        with self._comprehension(node.generators, node):
            found = (self.value(node.key), self.value(node.value))
        return Value(sources=found)

    @contextmanager
    def _comprehension(
        self, generators: Sequence[ast.comprehension], node: ast.AST
    ) -> Iterator[None]:
        around, self.scope = self.scope, Scope(self.scope)
        with self._in(node):
            for generator in generators:
                self._assign(generator.target, _member_of(self.value(generator.iter)))
                for condition in generator.ifs:
                    self.value(condition)
            yield
        self.scope = around

    def _of_call(self, node: ast.Call) -> Value:
        called = self.value(node.func)
        given = [self.value(each) for each in node.args]
        keywords = [(each, self.value(each.value)) for each in node.keywords]
        match called:
            case Function():
                return self._call_ours(called, node, given, keywords)
            case Library(path="builtins.dict") if not given:
                return dictionary(keywords)
            case Library(path=path):
                return self._call(node, path, None, given, keywords)
            case Member(owner=Instance(of=of) as owner, name=name):
                return self._call(node, f"{of}.{name}", owner, given, keywords)
            case Member(owner=owner, name=name):
                return self._call(node, f".{name}", owner, given, keywords)
        sources = (called, *given, *(value for _, value in keywords))
        return Value(sources=sources)

    def _call(
        self,
        node: ast.Call,
        path: str,
        owner: Value | None,
        given: Sequence[Value],
        keywords: Keywords,
    ) -> Value:
        arguments, is_open = assigned(parameters(path, owner is not None), node, given, keywords)
        call = Call(node, self.cell, path, owner, arguments, is_open, self.inside)
        result = _result(call)
        self.program.calls.append(call)
        self.program.results[id(call)] = result
        self._changed(call, result)
        return result

    def _changed(self, call: Call, result: Value) -> None:
        """What a method changes in place has its name stand for something else afterwards."""
        owner = call.node.func.value if isinstance(call.node.func, ast.Attribute) else None
        if call.owner is None or not isinstance(owner, ast.Name | ast.Attribute | ast.Subscript):
            return
        is_of_a_name = isinstance(owner, ast.Name) or isinstance(owner.value, ast.Name)
        if is_of_a_name and call.constant("inplace", default=False) is True:
            self._assign(owner, result)
        elif (
            isinstance(owner, ast.Name)
            and call.name in _CHANGING
            and isinstance(call.owner, Items | Dictionary | Frame)
        ):
            self.scope.names[owner.id] = Value(sources=(call.owner, result))

    def _call_ours(
        self,
        function: Function,
        node: ast.Call,
        given: Sequence[Value],
        keywords: Keywords,
    ) -> Value:
        sources = (*given, *(value for _, value in keywords))
        is_recursive = id(function.definition) in self.entering
        is_spent = self.steps > _MOST_STEPS or len(self.entering) > 4
        if is_recursive or is_spent or any(isinstance(each, ast.Starred) for each in node.args):
            return Value(sources=sources)
        gathered = dictionary(keywords)
        if gathered.is_open:
            return Value(sources=sources)
        if function.writes:
            for argument in node.args:
                self._forget(argument)
        return self._enter(function, self._bound(function, given, gathered))

    def _bound(
        self, function: Function, given: Sequence[Value], gathered: Dictionary
    ) -> dict[str, Value]:
        """The parameters of our own function, with the defaults of those that were not given."""
        named = {str(name): value for name, value in gathered.items.items()}
        signature = function.definition.args
        places = [*signature.posonlyargs, *signature.args]
        bound = {each.arg: value for each, value in zip(places, given, strict=False)}
        defaults = dict(zip(reversed(places), reversed(signature.defaults), strict=False))
        defaults |= {
            each: default
            for each, default in zip(signature.kwonlyargs, signature.kw_defaults, strict=True)
            if default is not None
        }
        for parameter, default in defaults.items():
            if parameter.arg not in bound and parameter.arg not in named:
                bound[parameter.arg] = self.value(default)
        known = {each.arg for each in (*places, *signature.kwonlyargs)}
        bound |= {name: value for name, value in named.items() if name in known}
        if signature.kwarg is not None:
            others = {name: value for name, value in named.items() if name not in known}
            nodes = {name: node for name, node in gathered.nodes.items() if name in others}
            bound[signature.kwarg.arg] = Dictionary(items=others, nodes=nodes)
        return bound

    def _enter(self, function: Function, bound: dict[str, Value]) -> Value:
        """Go through the body of a function; the value that it returns."""
        definition = function.definition
        self.entered.add(id(definition))
        self.entering.append(id(definition))
        around, self.scope = self.scope, Scope(function.scope)
        outer, self.of_class = self.of_class, function.of_class
        returned, self.returned = self.returned, []
        signature = definition.args
        for each in (*signature.posonlyargs, *signature.args, *signature.kwonlyargs):
            self.scope.names[each.arg] = bound.get(each.arg, Value())
        for rest in (signature.vararg, signature.kwarg):
            if rest is not None:
                self.scope.names[rest.arg] = bound.get(rest.arg, UNKNOWN)
        with self._in(definition):
            if isinstance(definition, ast.Lambda):
                self.returned.append(self.value(definition.body))
            else:
                self._body(definition.body)
        found = self.returned or [Constant(value=None)]
        self.scope, self.returned, self.of_class = around, returned, outer
        self.entering.pop()
        return reduce(join, found)

    @contextmanager
    def _in(self, node: ast.AST) -> Iterator[None]:
        around, self.inside = self.inside, (*self.inside, node)
        yield
        self.inside = around


def _result(call: Call) -> Value:
    name = call.path.rpartition(".")[2]
    for path in dict.fromkeys((call.path, f".{name}" if call.owner is not None else call.path)):
        for gives in CALLS.get(path, ()):
            found = gives(call)
            if found is not None:
                return found
    owner = () if call.owner is None else (call.owner,)
    sources = (*owner, *(argument.value for argument in call.arguments.values()))
    if call.owner is None and name[:1].isupper():
        return Instance(of=call.path, call=call, sources=sources)
    if isinstance(call.owner, Instance) and name == "fit":
        return replace(call.owner, call=call, sources=sources)
    return Value(call=call, sources=sources)


def _writes(definition: ast.AST) -> bool:
    """Whether a function writes into anything in brackets: it may be what it was given."""
    return any(
        isinstance(each, ast.Subscript) and isinstance(each.ctx, ast.Store)
        for each in ast.walk(definition)
    )


def _member_of(value: Value) -> Value:
    """What a loop over a value gets."""
    if isinstance(value, Items) and value.items:
        return reduce(join, value.items)
    return Element(of=value, sources=(value,))


def _part(value: Value, place: int, many: int) -> Value:
    if isinstance(value, Items) and len(value.items) == many:
        return value.items[place]
    return Part(of=value, which=place, sources=(value,))


def _stored(owner: Value, key: Value, value: Value) -> Value:
    """What a name stands for once something was written into a part of it."""
    match owner, key:
        case Dictionary(), Constant(value=name):
            nodes = {each: node for each, node in owner.nodes.items() if each != name}
            return replace(owner, items={**owner.items, name: value}, nodes=nodes)
        case Measure(), _:
            return replace(owner, sources=(owner, value), is_whole=False)
        case _, Triangle() if isinstance(value, Constant) and value.value in (True, 1):
            is_blank = owner.call is not None and owner.call.is_named("zeros_like", "zeros", "full")
            return replace(key, sources=(owner,)) if is_blank else Value(sources=(owner, value))
        case Frame(), Constant(value=str(name)):
            return with_columns(owner, {name: value})
        case Frame(), Items(items=names):
            texts = [each.value for each in names if isinstance(each, Constant)]
            parts = {str(text): Part(of=value, which=str(text), sources=(value,)) for text in texts}
            return with_columns(owner, dict(parts))
        case Frame(), _:
            return Frame(sources=(owner, value))
        case Items() | Dictionary() | Column(), _:
            return Value(sources=(owner, value))
        case _, Constant(value=str(name)):
            return Frame(sources=(owner, value), columns={name: value})
        case _, Items(items=(Constant(value=str()), *_)):  # only tables take a list of names
            return _stored(Frame(sources=(owner,)), key, value)
    return Value(sources=(owner, value))
